"""Many sessions: records and people's tabs become the book that says who came, by class.

`book.make_book` puts it together. Its folders, from the inside out: `spelling` of names, `members`
and their classes, the `identity` of persons, the letters in `marking`, and the `tabs` that show it.
"""
