"""Measurements against the project's bars: ``make bench``."""
