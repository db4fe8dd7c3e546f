"""A proxy between the product and the sandbox: at one place it lets a call go wrong."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOST = "127.0.0.1"

HOLD = 8.0
"""Seconds that a call without an answer is held at most."""


@dataclass
class Answer:
    """What the sandbox answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def wire(self, *, length: int | None = None) -> bytes:
        """The bytes that are sent; `length` is what the head says of the body."""
        kept = {k: v for k, v in self.headers.items() if k not in ("content-length", "connection")}
        kept["content-length"] = str(len(self.body) if length is None else length)
        lines = [f"HTTP/1.1 {self.status} Said", *(f"{k}: {v}" for k, v in kept.items()), "", ""]
        return "\r\n".join(lines).encode("latin-1") + self.body


class Over(Exception):
    """The connection is not used any more."""


@dataclass
class Call:
    """One request as it came, and what can be done with it."""

    proxy: Proxy
    connection: socket.socket
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(self.target).query).items()}

    def forward(self) -> Answer:
        """Let the sandbox do it."""
        upstream = HTTPConnection(*self.proxy.upstream, timeout=60)
        try:
            upstream.request(self.method, self.target, self.body, self.headers)
            got = upstream.getresponse()
            head = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, head, got.read())
        finally:
            upstream.close()

    def say(self, data: bytes) -> None:
        self.connection.sendall(data)

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Over

    def hang_up(self) -> None:
        raise Over

    def hold(self) -> None:
        """Say nothing until the other side has gone."""
        self.connection.settimeout(HOLD)
        with suppress(OSError):
            self.connection.recv(1)
        raise Over


Act = Callable[[Call], None]


@dataclass
class Plan:
    """A fault to come: at which place, what, and for how many calls (None: until it is lifted)."""

    place: str
    act: Act
    times: int | None = 1


@dataclass
class Proxy:
    """Where the product calls; `struck` says how often the fault did; `victim` is the process that
    calls; `sizes` are the largest bodies by place."""

    upstream: tuple[str, int]
    place_of: Callable[[Call, dict[str, str]], str]
    url: str = ""
    plan: Plan | None = None
    struck: int = 0
    known: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    listener: socket.socket | None = None
    victim: int = 0
    sizes: dict[str, int] = field(default_factory=dict)

    def open(self) -> None:
        """Listen, at the same port as before."""
        port = urlsplit(self.url).port or 0
        self.listener = socket.create_server((HOST, port), backlog=64)
        self.url = f"http://{HOST}:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def close(self) -> None:
        """Refuse connections."""
        listener, self.listener = self.listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def lift(self) -> None:
        """End the fault."""
        with self.lock:
            self.plan = None
            if self.listener is None:
                self.open()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(Over, OSError, HTTPException):
            while (call := _read(self, connection)) is not None:
                self.serve(call)

    def strikes(self, place: str) -> Act | None:
        with self.lock:
            plan = self.plan
            if plan is None or plan.place != place or plan.times == 0:
                return None
            self.struck += 1
            plan.times = None if plan.times is None else plan.times - 1
            return plan.act

    def spare(self) -> None:
        """Take back the last strike: the call could not be struck."""
        with self.lock:
            self.struck -= 1
            if self.plan and self.plan.times is not None:
                self.plan.times += 1

    def serve(self, call: Call) -> None:
        place = self.place_of(call, self.known)
        self.sizes[place] = max(len(call.body), self.sizes.get(place, 0))
        if act := self.strikes(place):
            act(call)
            return
        answer = call.forward()
        call.say(answer.wire())


def _read(proxy: Proxy, connection: socket.socket) -> Call | None:
    received = b""
    while b"\r\n\r\n" not in received:
        if not (chunk := connection.recv(1 << 16)):
            return None
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = (re.match(r"([^:]+):\s*(.*)", line) for line in lines)
    headers = {pair[1].lower(): pair[2] for pair in pairs if pair}
    parts, missing = [body], int(headers.get("content-length", 0)) - len(body)
    while missing > 0:
        if not (chunk := connection.recv(1 << 20)):
            return None
        parts.append(chunk)
        missing -= len(chunk)
    kept = {k: v for k, v in headers.items() if k not in ("connection", "accept-encoding")}
    return Call(proxy, connection, method, target, kept, b"".join(parts))


@contextmanager
def proxy_before(url: str, place_of: Callable[[Call, dict[str, str]], str]) -> Iterator[Proxy]:
    """Serve a proxy before the sandbox at this address."""
    address = urlsplit(url)
    proxy = Proxy((address.hostname or "", address.port or 0), place_of)
    proxy.open()
    yield proxy
    proxy.close()
