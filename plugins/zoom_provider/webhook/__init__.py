"""Zoom's webhook: what Zoom posts when a meeting ends, checked and answered."""
