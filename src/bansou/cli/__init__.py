"""The `bansou` command."""
