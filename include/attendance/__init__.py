"""One session: participant rows become people with presence, and what somebody should check.

Public names: `sessions` (HeldInstance, Session, join_instances, GAP, SessionFacts, class_window,
class_day), `fields` (FIELDS, staged_row), `attendance` (Attendance, take_attendance, hours,
local_times), `seen` (attendance_and_seen), `results` (StagedAttendance, SessionPerson, RejectedRow,
UntimedRow, ReviewLine), `names` (name_key, is_generic).
"""
