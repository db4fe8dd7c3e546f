"""Checks of the real connections, before the first session or after a change of settings.

Public names: `shared` (shared_lines), `checks` (meeting_lines, log_lines), `lines` (Line, Outcome).
"""
