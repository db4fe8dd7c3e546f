"""Zoom's connection: its questions, and whether Zoom accepts the answers."""

from __future__ import annotations

import re
from collections.abc import Callable

from include.setup.asking import ask, needed
from include.setup.saved import Fields
from zoom_provider.account import API_HOST
from zoom_provider.errors import (
    ZoomBadCredentials,
    ZoomMissingScope,
    ZoomPlanLacksReports,
    ZoomRefused,
    ZoomReportNotReady,
)
from zoom_provider.hooks.zoom import ZoomHook

CONNECTION = ZoomHook.default_conn_name

INTRODUCTION = """\
ZOOM
The values are on the page App Credentials of your Server-to-Server OAuth app at
marketplace.zoom.us. docs/connecting-zoom.md says how to make that app."""

PLANS = {"free": 1, "pro": 10, "business": 40}
"""Heavy calls a second (https://developers.zoom.us/docs/api/rate-limits/)."""

KEPT = ("token_url", "machines", "webhook_secret")
"""Extras of a connection that is replaced, which are not asked for here."""

NO_MEETING = 0
"""Zoom looks at the scopes first, and then refuses the number."""

SCOPES: dict[str, Callable[[ZoomHook], object]] = {
    "meeting:read:list_past_instances:admin": lambda hook: hook.list_past_instances(NO_MEETING),
    "meeting:read:past_meeting:admin": lambda hook: hook.get_past_meeting(str(NO_MEETING)),
    "meeting:read:meeting:admin": lambda hook: hook.get_meeting(NO_MEETING),
    "report:read:list_meeting_participants:admin": lambda hook: next(
        hook.iter_report_pages(str(NO_MEETING))
    ),
}
"""Each with the call that needs it."""


def asked(before: Fields) -> Fields:
    """Ask for the values and return the connection; what it had before is proposed or kept."""
    extra = before.get("extra", {})
    account = ask("Account ID", needed, extra.get("account_id") or "")
    client = ask("Client ID", needed, before.get("login") or "")
    secret = ask("Client secret (you will not see it)", needed, hidden=True)
    limit = ask("Plan: Free, Pro, or Business (or above)", _limit, _plan(extra))
    kept = {name: extra[name] for name in KEPT if extra.get(name)}
    return {
        "conn_type": ZoomHook.conn_type,
        **_address(before),
        "login": client,
        "password": secret,
        "extra": kept | {"account_id": account, "heavy_per_second": limit},
    }


def _address(before: Fields) -> Fields:
    if before.get("host"):
        return {"host": before["host"], "port": before.get("port")}
    return {"host": API_HOST, "port": 443}


def _limit(answer: str) -> int:
    if re.fullmatch("[1-9][0-9]?", answer):  # a limit set by hand: other apps use it, too
        return int(answer)
    if answer.lower() not in PLANS:
        raise ValueError("Please type Free, Pro or Business. It stands at zoom.us under Billing.")
    return PLANS[answer.lower()]


def _plan(extra: Fields) -> str:
    limits = {str(limit): plan.capitalize() for plan, limit in PLANS.items()}
    known = str(extra.get("heavy_per_second") or PLANS["pro"])
    return limits.get(known, known)


def tried() -> str:
    """Log in and try each scope; returns a sentence. Raises ZoomError.

    :raises ZoomMissingScope: naming all scopes that the app lacks.
    """
    hook = ZoomHook()
    missing = [scope for scope, call in SCOPES.items() if not _allowed(call, hook)]
    if missing:
        raise ZoomMissingScope(
            f"Zoom accepts the login, but the app lacks: {', '.join(missing)}. Add what is missing "
            "at marketplace.zoom.us > Manage > your app > Scopes, and wait a few minutes.",
            tuple(missing),
        )
    return "Zoom accepts the login, and the app has all four scopes."


def _allowed(call: Callable[[ZoomHook], object], hook: ZoomHook) -> bool:
    try:
        call(hook)
    except ZoomMissingScope:
        return False
    except (ZoomBadCredentials, ZoomPlanLacksReports):
        raise
    except (ZoomRefused, ZoomReportNotReady):
        pass  # about the meeting
    return True
