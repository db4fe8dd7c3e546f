"""Many sessions: records and people's tabs become the book that says who came, by class.

`book.make_book` puts it together. `roster` reads people's tabs, `persons` and `matching` find the
member that each person is, `letters` gives the letters; `register`, `names_tab`, `this_week` and
`totals` show them.
"""
