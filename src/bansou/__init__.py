"""Bansō (伴走): companionship with small firms, as software."""
