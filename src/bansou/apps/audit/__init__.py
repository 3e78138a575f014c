"""Who did what, when and why: a hash-chained, append-only trail, and the log of who read what."""
