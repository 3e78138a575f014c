"""The 事務局's rooms."""
