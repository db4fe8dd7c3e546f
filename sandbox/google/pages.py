"""Pages for people: what is in Drive, and each spreadsheet as Google Sheets would show it.

`?authuser=ADDRESS` opens them as that person, who sees what is shared with them. Without it they
are open to whoever may do everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from .errors import EditError
from .files import FOLDER, SPREADSHEET, File
from .payload import read_json
from .person import Person
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
        return _page("index.html", places=_places(state, _account(request)))

    def spreadsheet(request: Request) -> Response:
        return _spreadsheet(state, request.path_params["file_id"], _account(request))

    def tab(request: Request) -> Response:
        file_id, gid = request.path_params["file_id"], int(request.query_params["gid"])
        return _tab(state, file_id, _account(request), gid)

    async def typed(request: Request) -> Response:
        given = read_json(await request.body())
        return _typed(state, request.path_params["file_id"], _account(request), given)

    return [
        Route("/spreadsheets", index),
        Route("/spreadsheets/d/{file_id}", spreadsheet),
        Route("/spreadsheets/d/{file_id}/edit", spreadsheet),
        Route("/spreadsheets/d/{file_id}/cells", tab),
        Route("/spreadsheets/d/{file_id}/cells", typed, methods=["POST"]),
    ]


def _account(request: Request) -> str | None:
    return request.query_params.get("authuser")


def _spreadsheet(state: GoogleState, file_id: str, account: str | None) -> Response:
    book = state.spreadsheets.get(file_id)
    if book is None:
        return _page("missing.html", status=404)
    file = state.files[file_id]
    if account is not None and not file.readable_by(account):
        return _page("missing.html", status=403, account=account)
    may_write = account is None or file.writable_by(account)
    sheets = [SheetView(book, sheet) for sheet in book.sheets if not sheet.hidden]
    return _page("spreadsheet.html", book=book, file=file, may_write=may_write, sheets=sheets)


def _tab(state: GoogleState, file_id: str, account: str | None, gid: int) -> Response:
    """One tab as it is now."""
    if account is not None and not state.files[file_id].readable_by(account):
        return _page("missing.html", status=403, account=account)
    book = state.spreadsheets[file_id]
    sheet = book.holding(gid)
    if sheet is None or sheet.hidden:
        return PlainTextResponse("This tab is gone: load the page again.", 404)
    return _page("sheets.html", sheets=[SheetView(book, sheet)])


def _typed(
    state: GoogleState, file_id: str, account: str | None, given: dict[str, Any]
) -> Response:
    """A person typed `text` into the cell `at` of a tab; the answer is the tab as it is now."""
    if account is not None and not state.files[file_id].writable_by(account):
        return PlainTextResponse("You may only read this spreadsheet.", 403)
    try:
        tab = state.spreadsheets[file_id].sheet(given["gid"]).title
        Person(state, file_id).types(tab, given["at"], given["text"])
    except EditError as refusal:
        return PlainTextResponse(str(refusal), 400)
    return _tab(state, file_id, account, given["gid"])


def _page(template: str, status: int = 200, **content: Any) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(template).render(content), status)


def _places(state: GoogleState, account: str | None) -> list[tuple[str, str, list[File]]]:
    """Id, name and spreadsheets of every folder, then those that lie in none."""
    files = [file for file in state.files if file.mime_type == SPREADSHEET]
    if account is not None:
        mine = [file for file in files if file.readable_by(account)]
        return [("", f"Shared with {account}", mine)]
    folders = [file for file in state.files if file.mime_type == FOLDER]
    loose = [file for file in files if not file.parents]
    inside = [(f.id, f.name, [file for file in files if f.id in file.parents]) for f in folders]
    return [*inside, ("", "Shared with the service account", loose)]
