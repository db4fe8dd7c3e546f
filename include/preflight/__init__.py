"""Checks of the real connections, before the first session or after a change of settings."""
