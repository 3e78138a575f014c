"""Anyone who signs in."""
