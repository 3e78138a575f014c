"""Pages by user task. Areas do not know each other."""
