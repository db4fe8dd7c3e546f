"""Many sessions: records and people's tabs become the book that says who came, by class.

Public names: `record` (AttendanceRecord, Rule, make_record, completed, RecordUnreadable), `book`
(make_book, Book, View), `roster.Tabs`, `additions.PeopleEdits`, `grid` (Grid, ErrorCell,
Notice), `table` (Table, Column, Row, TextLine and its kinds), `published.Published`, `vocabulary`.
"""
