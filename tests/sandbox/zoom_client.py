"""A plain HTTP client of the stand-in that sends paths exactly as they are written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from sandbox.zoom import World, ZoomState


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.text)

    @property
    def code(self) -> tuple[int, int]:
        """HTTP status and Zoom's code."""
        return self.status, self.body["code"]


@dataclass
class Client:
    base: str
    state: ZoomState

    def log_in(self) -> str:
        form = {"grant_type": "account_credentials", "account_id": "sandbox-account"}
        login = ("sandbox-client", "sandbox-secret")
        answer = requests.post(f"{self.base}/oauth/token", data=form, auth=login, timeout=60)
        return answer.json()["access_token"]

    def get(self, path: str, token: str | None = None) -> Answer:
        bearer = {"Authorization": f"Bearer {token or self.log_in()}"}
        return self.send("GET", path, bearer)

    def send(self, method: str, path: str, headers: dict[str, str], body: str = "") -> Answer:
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        lower = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, lower, text)


@cache
def invented_world() -> World:
    """The three series before 22 November 2026, generated once for the tests that only read."""
    return World(date(2026, 11, 22))


def report_path(meeting: object, **query: object) -> str:
    """The participant report's path for a number or a UUID, encoded twice."""
    twice = quote(quote(str(meeting), safe=""), safe="")
    text = "&".join(f"{key}={value}" for key, value in query.items())
    return f"/v2/report/meetings/{twice}/participants" + (f"?{text}" if text else "")
