"""The book: its tabs found and read, and the requests of the one batchUpdate that writes them."""

from include.sheets.book.reading import (
    CELLS_FIELD_MASK,
    TABS_FIELD_MASK,
    BookRead,
    cell_filters,
    read_book,
    sheet_id,
)
from include.sheets.book.writing import book_requests, own_requests

__all__ = [
    "CELLS_FIELD_MASK",
    "TABS_FIELD_MASK",
    "BookRead",
    "book_requests",
    "cell_filters",
    "own_requests",
    "read_book",
    "sheet_id",
]
