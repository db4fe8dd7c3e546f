"""Run every benchmark in a process of its own; exits with 1 when a bar is missed."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("transform", "extract", "register", "deliver")


def main() -> int:
    codes = [
        subprocess.call([sys.executable, "-m", f"benchmarks.{name}"], stdin=subprocess.DEVNULL)
        for name in BENCHMARKS
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
