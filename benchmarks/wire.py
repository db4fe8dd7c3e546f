"""What goes over the wire: calls, and the bytes of their bodies, counted before the sandbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@dataclass
class Wire:
    """An ASGI app that hands on to another and counts; `sent` is what clients have sent."""

    app: App
    calls: int = 0
    sent: int = 0
    received: int = 0

    def reset(self) -> None:
        """Count from nothing again."""
        self.calls = self.sent = self.received = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def counted_receive() -> Message:
            message = await receive()
            self.sent += len(message.get("body", b""))
            return message

        async def counted_send(message: Message) -> None:
            self.received += len(message.get("body", b""))
            await send(message)

        self.calls += scope["type"] == "http"
        await self.app(scope, counted_receive, counted_send)
