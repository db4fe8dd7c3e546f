"""Everything the stand-in remembers, open to the tests that run it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.zoom.faults import Faults
from sandbox.zoom.limits import RateLimits
from sandbox.zoom.pages import PageTokens
from sandbox.zoom.tokens import GRANULAR_SCOPES, Tokens
from sandbox.zoom.world import World

CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-secret"
ACCOUNT_ID = "sandbox-account"
"""Each sandbox's, or the beginning of it: its own port may follow."""


@dataclass(frozen=True)
class RequestRecord:
    """A request that was answered: monotonic seconds of its arrival, no content.

    `label` is LIGHT, MEDIUM or HEAVY, empty for the token endpoint and for unknown paths.
    """

    arrival: float
    label: str
    endpoint: str
    status: int


@dataclass
class ZoomState:
    """`clock` gives epoch seconds for tokens, pages, days and readiness; tests may move it.

    `latency` is how long every answer takes, seconds; `scopes` are those of tokens yet to be
    issued; `jwt_alive` accepts the tokens of JWT apps, which Zoom ended in September 2023.
    """

    world: World
    plan: str = "pro"
    latency: float = 0.0
    clock: Callable[[], float] = time.time
    scopes: frozenset[str] = frozenset(GRANULAR_SCOPES)
    jwt_alive: bool = False
    tokens: Tokens = field(default_factory=Tokens)
    pages: PageTokens = field(default_factory=PageTokens)
    faults: Faults = field(default_factory=Faults)
    requests: list[RequestRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limits = RateLimits(self.plan)
