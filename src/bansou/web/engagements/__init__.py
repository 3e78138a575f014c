"""カルテ and the course of one 伴走支援."""
