"""Spreadsheets in Drive: a session's report, the book, a class's own; and who may open them."""
