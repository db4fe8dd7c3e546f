"""Measure all parts, or those that are named, and write docs/benchmarks.md.

    python -m benchmarks [PART ...]

Each part is a process of its own. The document is written after each: what one part cannot measure
costs no other's figures. Exits with 1 when a bar is missed or a part has failed.
"""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks import host
from benchmarks.document import PARTS, PATH, Document


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - PARTS.keys()
    if unknown:
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    document = Document.read(PATH.read_text(encoding="utf-8") if PATH.exists() else "")
    codes = [_measure(part, document) for part in wanted or PARTS]
    return int(any(codes))


def _measure(part: str, document: Document) -> int:
    """Measure one part and write it down; returns the code of its process."""
    print(f"{part} …", flush=True)
    busy, begun = host.others(), time.monotonic()
    command = [sys.executable, "-m", f"benchmarks.{part}"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False
    )
    minutes = (time.monotonic() - begun) / 60
    document.take(part, done.stdout, done.returncode, minutes, max(busy, host.others()))
    PATH.write_text(str(document), encoding="utf-8")
    print(done.stdout, flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
