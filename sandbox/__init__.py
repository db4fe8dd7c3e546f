"""Strict local stand-ins of the services this project talks to."""
