"""Faults on demand: what Google does on its bad days, as often as a test asks for it.

Kinds. Refusals before anything is applied: `internal` (500), `unavailable` (503), `quota` (429),
`forbidden`, `disabled`, `scopes` (403), `missing` (404), or `error` with any `status` and
`message`. `hang-up`: the connection is closed without a reply, nothing applied. `lost-reply`: the
same, after the write was applied. `slow`: the reply waits `seconds`. `garbage`: 200 with a body
that is not JSON. `answer`: 200 with this `body`, nothing applied. `search-lag`: the file just
created is missing from the next `lists` searches.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from .errors import ApiError, error_info, insufficient_scopes, not_found, permission_denied

CONSUMER = "project_number:100000000001"
KINDS = {
    "internal",
    "unavailable",
    "quota",
    "forbidden",
    "disabled",
    "scopes",
    "missing",
    "error",
    "hang-up",
    "lost-reply",
    "slow",
    "garbage",
    "answer",
    "search-lag",
}


@dataclass
class Fault:
    """One kind of fault for the next `times` calls of `method` (any when None), after `after`.

    `file` limits it to the calls whose path names that spreadsheet or file.
    """

    kind: str
    method: str | None = None
    times: int = 1
    after: int = 0
    status: int = 500
    message: str = "Internal error encountered."
    seconds: float = 1.0
    lists: int = 1
    file: str | None = None
    body: Any = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known are {', '.join(sorted(KINDS))}")
        if self.kind == "search-lag":
            self.method = "drive.files.create"

    def concerns(self, method: str, file: str | None) -> bool:
        return self.method in (None, method) and self.file in (None, file)


class Faults:
    """The faults that are still to come, oldest first."""

    def __init__(self) -> None:
        self._coming: list[Fault] = []

    def add(self, kind: str, method: str | None = None, **details: Any) -> None:
        """Plan a fault; the details are fields of Fault. ValueError for an unknown kind."""
        self._coming.append(Fault(kind, method, **details))

    def clear(self) -> None:
        self._coming.clear()

    def coming(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._coming]

    def take(self, method: str, file: str | None) -> Fault | None:
        """The fault that strikes this call, if any; each call uses up at most one."""
        for fault in [fault for fault in self._coming if fault.concerns(method, file)]:
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._coming.remove(fault)
            return fault
        return None


def refusal(fault: Fault, api: str) -> ApiError | None:
    """The error that a fault stands for, with the texts Google uses; None for the other kinds."""
    if fault.kind in ("internal", "error"):
        return ApiError(fault.status, fault.message)
    known = {
        "unavailable": ApiError(503, "The service is currently unavailable."),
        "quota": quota_exceeded(api, "write"),
        "forbidden": permission_denied(),
        "disabled": _disabled(api),
        "scopes": insufficient_scopes(),
        "missing": not_found(),
    }
    return known.get(fault.kind)


def quota_exceeded(api: str, kind: str) -> ApiError:
    """429 as recorded from Google: no Retry-After."""
    service, requests = f"{api}.googleapis.com", f"{kind.capitalize()} requests"
    limit = f"{kind.capitalize()}RequestsPerMinutePerUser"
    metadata = {
        "consumer": f"projects/{CONSUMER.partition(':')[2]}",
        "quota_limit": limit,
        "quota_metric": f"{service}/{kind}_requests",
        "service": service,
    }
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{requests}' and limit '{requests} per minute per user' "
        f"of service '{service}' for consumer '{CONSUMER}'.",
        domain="usageLimits",
        details=(error_info("RATE_LIMIT_EXCEEDED", metadata),),
    )


def _disabled(api: str) -> ApiError:
    name = {"sheets": "Google Sheets API", "drive": "Google Drive API"}[api]
    project = CONSUMER.partition(":")[2]
    url = f"https://console.developers.google.com/apis/api/{api}.googleapis.com/overview"
    message = (
        f"{name} has not been used in project {project} before or it is disabled. Enable it by "
        f"visiting {url}?project={project} then retry. If you enabled this API recently, wait "
        "a few minutes for the action to propagate to our systems and retry."
    )
    info = error_info("SERVICE_DISABLED", {"service": f"{api}.googleapis.com"})
    return ApiError(
        403, message, reason="accessNotConfigured", domain="usageLimits", details=(info,)
    )
