"""Checks of the real connections, before the first session or after a change of settings.

Public names: `checks` (shared_lines, meeting_lines), `lines` (Line, Outcome, log_lines).
"""
