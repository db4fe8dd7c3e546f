"""Pages for people: what is in Drive, and each spreadsheet as Google Sheets would show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .files import FOLDER, SPREADSHEET, File
from .state import GoogleState
from .view import SheetView

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page_routes(state: GoogleState) -> list[Route]:
    def index(request: Request) -> Response:
        return _page("index.html", places=_places(state))

    def spreadsheet(request: Request) -> Response:
        return _spreadsheet(state, request.path_params["file_id"])

    return [
        Route("/spreadsheets", index),
        Route("/spreadsheets/d/{file_id}", spreadsheet),
        Route("/spreadsheets/d/{file_id}/edit", spreadsheet),
    ]


def _spreadsheet(state: GoogleState, file_id: str) -> Response:
    book = state.spreadsheets.get(file_id)
    if book is None:
        return _page("missing.html", status=404)
    sheets = [SheetView(sheet) for sheet in book.sheets]
    return _page("spreadsheet.html", book=book, file=state.files[file_id], sheets=sheets)


def _page(template: str, status: int = 200, **content: Any) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(template).render(content), status)


def _places(state: GoogleState) -> list[tuple[str, str, list[File]]]:
    """Id, name and spreadsheets of every folder, then those that lie in none."""
    files = [file for file in state.files if file.mime_type == SPREADSHEET]
    folders = [file for file in state.files if file.mime_type == FOLDER]
    loose = [file for file in files if not file.parents]
    inside = [(f.id, f.name, [file for file in files if f.id in file.parents]) for f in folders]
    return [*inside, ("", "Shared with the service account", loose)]
