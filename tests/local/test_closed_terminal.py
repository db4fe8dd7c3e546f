"""A terminal that is closed while nobody passes its signal on."""

from __future__ import annotations

import os
import subprocess
import sys

from sandbox.stack import ROOT

WAIT = "from local.terminal import say, wait_for_the_end; say('here'); wait_for_the_end()"


def test_the_program_ends() -> None:
    ours, its = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", WAIT], cwd=ROOT, stdout=its, start_new_session=True
    )
    os.close(its)
    with open(ours, "rb", buffering=0, closefd=False) as terminal:
        assert terminal.readline() == b"here\r\n"
    assert process.poll() is None
    os.close(ours)
    assert process.wait(600) == 0
