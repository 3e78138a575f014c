"""Knows everything, holds nothing: settings, urls, entry points."""
