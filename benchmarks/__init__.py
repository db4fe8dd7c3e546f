"""Measurements against the project's bars, beside what people would use instead: ``make bench``."""
