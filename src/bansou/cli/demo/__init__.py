"""Fictional firms and people to look around with. Every name, number and place is invented."""
