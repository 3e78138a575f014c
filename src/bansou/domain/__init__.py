"""The method itself in pure Python: no framework, no files, no clock."""
