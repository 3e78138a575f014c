"""今日: what is due, what is quiet, and finding things."""
