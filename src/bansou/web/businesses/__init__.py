"""事業者: list, record, people and sites, the office's own list."""
