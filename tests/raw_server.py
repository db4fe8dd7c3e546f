"""Servers below HTTP: what a server does whose network, machine or manners are bad."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Behaviour = Callable[[socket.socket], None]

JSON_ANSWER = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n"
    b'{"well": "yes"}'
)
DRIPS = 6000
"""Bytes, one each tenth of a second: a test that fails ends within ten minutes."""


@contextmanager
def raw_server(*behaviours: Behaviour) -> Iterator[str]:
    """Serve each connection by the next behaviour, the last one for ever; yields the base URL."""
    coming, lock = list(behaviours), threading.Lock()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with lock:
                behave = coming.pop(0) if len(coming) > 1 else coming[0]
            behave(self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def read_request(connection: socket.socket) -> bytes:
    """Read one request whole; empty when the client has gone."""
    received = b""
    while b"\r\n\r\n" not in received:
        if not (chunk := connection.recv(1 << 16)):
            return b""
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    sizes = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(sizes[0].split(b":")[1]) - len(body) if sizes else 0
    while missing > 0:
        missing -= len(connection.recv(1 << 16))
    return head


def answer_well(connection: socket.socket) -> None:
    while read_request(connection):
        connection.sendall(JSON_ANSWER)


def break_while_receiving(connection: socket.socket) -> None:
    """Reset the connection before the request has come whole."""
    connection.recv(1000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def break_while_answering(connection: socket.socket) -> None:
    """Close the connection in the middle of the answer."""
    read_request(connection)
    connection.sendall(JSON_ANSWER[:-5])


class Drip:
    """Sends a byte each tenth of a second, after what is sent at once; `ended` when it is done."""

    def __init__(self, at_once: bytes) -> None:
        self.at_once = at_once
        self.ended = threading.Event()

    def __call__(self, connection: socket.socket) -> None:
        read_request(connection)
        try:
            connection.sendall(self.at_once)
            for _ in range(DRIPS):
                connection.sendall(b"x")
                time.sleep(0.1)
        finally:
            self.ended.set()


DRIPPING_HEAD = b"HTTP/1.1 200 OK\r\nx-slow: "
DRIPPING_BODY = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % DRIPS
