"""Faults of the wire and of the servers: what each does to a call, and how the tables call it."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Iterator
from functools import partial

from benchmarks.faults.cell import kill
from benchmarks.faults.proxy import Act, Answer, Call

DRIPS = 200
"""Bytes, one every twentieth of a second: more than any call may take here."""

BACK_AFTER = 0.15
"""Seconds until a server that refused connections once takes them again."""

NAME = "Zzname Quoted"
"""Stands in what servers say of a fault: foreign words may quote a cell, and must not be logged."""

PAGE = f"<html><title>Sign in</title>{NAME}</html>".encode()


def refused(call: Call) -> None:
    """Nobody listens any more; after a single fault soon again."""
    proxy = call.proxy
    once = bool(proxy.plan and proxy.plan.times is not None)
    proxy.close()
    if once:
        threading.Timer(BACK_AFTER, proxy.lift).start()
    call.reset()


def _reset(call: Call, *, done: bool) -> None:
    if done:
        call.forward()
    call.reset()


def _hang_up(call: Call, *, done: bool) -> None:
    if done:
        call.forward()
    call.hang_up()


def _silent(call: Call, *, done: bool) -> None:
    if done:
        call.forward()
    call.hold()


def _drip(call: Call, *, body: bool) -> None:
    whole = call.forward().wire()
    at_once = whole.find(b"\r\n\r\n") + 5 if body else 20
    call.say(whole[:at_once])
    for place in range(at_once, at_once + DRIPS):
        call.say(whole[place : place + 1] or b" ")
        time.sleep(0.05)
    call.hang_up()


def half_a_body(call: Call) -> None:
    answer = call.forward()
    whole = answer.wire()
    call.say(whole[: len(whole) - len(answer.body) // 2 - 1])
    call.hang_up()


def no_http(call: Call) -> None:
    call.say(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
    call.hang_up()


def torn_gzip(call: Call) -> None:
    answer = call.forward()
    answer.headers["content-encoding"] = "gzip"
    answer.body = gzip.compress(answer.body)[:-9]
    call.say(answer.wire())


def body_of(data: bytes, call: Call, *, status: int = 200, kind: str = "application/json") -> None:
    """Answer with this body, without doing what was asked."""
    call.say(Answer(status, {"content-type": kind}, data).wire())


def refusal(status: int, call: Call, **headers: str) -> None:
    """A refusal in the server's own form, that quotes somebody's name."""
    body: dict[str, object] = {"code": status, "message": f"No: {NAME}."}
    if call.path.startswith(("/drive", "/v4")):
        body = {"error": {"code": status, "message": f"No: {NAME}.", "status": "SOME_STATUS"}}
    elif "oauth" in call.path:
        body = {"error": "other_error", "reason": f"No: {NAME}.", "error_description": NAME}
    head = {"content-type": "application/json"} | {
        k.replace("_", "-"): v for k, v in headers.items()
    }
    call.say(Answer(status, head, json.dumps(body).encode()).wire())


def killed(call: Call, *, done: bool) -> None:
    """The process that calls is killed, before or after the call was carried out."""
    if done:
        call.forward()
    kill(call.proxy)
    call.hang_up()


DEEP = b'{"participants": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def breaks() -> Iterator[tuple[str, Act]]:
    """Faults of the connection."""
    yield "connection refused", refused
    yield "reset, not done", partial(_reset, done=False)
    yield "reset, done", partial(_reset, done=True)
    yield "closed, not done", partial(_hang_up, done=False)
    yield "closed, done", partial(_hang_up, done=True)
    yield "no answer, not done", partial(_silent, done=False)
    yield "no answer, done", partial(_silent, done=True)
    yield "head drips", partial(_drip, body=False)
    yield "body drips", partial(_drip, body=True)
    yield "half a body", half_a_body
    yield "no HTTP", no_http
    yield "torn gzip", torn_gzip


def bodies() -> Iterator[tuple[str, Act]]:
    """Answers that say 200 and are none."""
    yield "web page", partial(body_of, PAGE, kind="text/html")
    yield "web page, 502", partial(body_of, PAGE, status=502, kind="text/html")
    yield "empty body", partial(body_of, b"")
    yield "204", partial(body_of, b"", status=204)
    yield "null", partial(body_of, b"null")
    yield "a list", partial(body_of, b"[]")
    yield "a text", partial(body_of, b'"Zzname"')
    yield "{}", partial(body_of, b"{}")
    yield "not UTF-8", partial(body_of, b'{"a": "\xff\xfe"}')
    yield "too deep", partial(body_of, DEEP)


def statuses() -> Iterator[tuple[str, Act]]:
    """Refusals by their status."""
    for status in (400, 401, 403, 404, 408, 409, 410, 418, 425, 429, 500, 501, 503, 504):
        yield str(status), partial(refusal, status)
    yield "429, in 2 s", partial(refusal, 429, Retry_After="2")
    yield "429, ²", partial(refusal, 429, Retry_After="²")
    yield "429, in 99 years", partial(refusal, 429, Retry_After="3122064000")
    yield "429, too large", partial(refusal, 429, Retry_After="9" * 30)
    daily = {"X_RateLimit_Type": "Daily-limit", "Retry_After": "2099-01-01T00:00:00Z"}
    yield "429, daily", partial(refusal, 429, **daily)


def deaths() -> Iterator[tuple[str, Act]]:
    """SIGKILL."""
    yield "killed before", partial(killed, done=False)
    yield "killed after", partial(killed, done=True)
