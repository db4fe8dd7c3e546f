"""Google's names of the methods that the product calls: faults and counts go by them."""

from __future__ import annotations

LIST, CREATE, GIVE = "drive.files.list", "drive.files.create", "drive.permissions.create"
GET, CELLS = "sheets.spreadsheets.get", "sheets.spreadsheets.getByDataFilter"
BATCH = "sheets.spreadsheets.batchUpdate"
TOKEN = "oauth2.token"
TWICE = 2
"""httplib2 sends a request again, once, when the connection closes without an answer."""
