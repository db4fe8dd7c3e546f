"""Free ports of the loopback interface."""

from __future__ import annotations

import socket
from contextlib import suppress

HOST = "127.0.0.1"


def free_port(wanted: int = 0) -> int:
    """Return the wanted port if it is free, else the next free one; 0 takes any."""
    for port in range(wanted, wanted + 100) if wanted else [0]:
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise OSError(f"no free port from {wanted} to {wanted + 99}: stop what listens there")
