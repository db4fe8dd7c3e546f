"""The Sheets v4 and Drive v3 discovery documents shipped inside google-api-python-client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class Method:
    """One method of an API, such as `sheets.spreadsheets.batchUpdate`; any of `scopes` will do."""

    api: str
    id: str
    verb: str
    path: str
    parameters: dict[str, Schema]
    request: str | None
    response: str | None
    scopes: frozenset[str]

    @property
    def writes(self) -> bool:
        """Asked of quotas: a search has a body but changes nothing."""
        return self.verb != "GET" and not self.id.endswith("ByDataFilter")


@cache
def document(api: str) -> dict[str, Any]:
    """The discovery document of `sheets` or `drive`."""
    name = {"sheets": "sheets.v4.json", "drive": "drive.v3.json"}[api]
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    return json.loads((folder / name).read_text(encoding="utf-8"))


def schema(api: str, name: str) -> Schema:
    return document(api)["schemas"][name]


def methods(api: str) -> list[Method]:
    """Every method, literal paths first, so that `/files/generateIds` is not taken for a file."""
    return sorted(_methods(api, document(api)), key=lambda method: method.path.count("{"))


def _methods(api: str, resource: dict[str, Any]) -> Iterator[Method]:
    for method in resource.get("methods", {}).values():
        yield _method(api, method)
    for child in resource.get("resources", {}).values():
        yield from _methods(api, child)


def _method(api: str, method: dict[str, Any]) -> Method:
    return Method(
        api=api,
        id=method["id"],
        verb=method["httpMethod"],
        path="/" + document(api)["servicePath"] + method.get("flatPath", method["path"]),
        parameters=method.get("parameters", {}),
        request=method.get("request", {}).get("$ref"),
        response=method.get("response", {}).get("$ref"),
        scopes=frozenset(method["scopes"]),
    )
