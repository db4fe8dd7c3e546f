"""What load imports: each task is a process of its own, and pandas takes it a second."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagingFolder
from include.pipeline.transform import take_staged_attendance
from local.airflow import ROOT
from sandbox.both import Sandbox
from tests.pipeline.evenings import EVENING, session_of
from tests.pipeline.runs import NUMBER, meeting
from zoom_provider.hooks.zoom import ZoomHook

LOAD = """
import sys
from include.meeting import Meeting
from include.pipeline.load import publish_staged
from include.pipeline.files.staging import StagingFolder
for _ in range(2):  # as a new report, and as one that is there
    publish_staged(Meeting.model_validate_json(sys.argv[1]), StagingFolder(sys.argv[2]))
dear = {"pandas", "babel", "pyarrow.dataset", "zoom_provider.hooks.zoom"}
print(sorted(dear & set(sys.modules)))
"""


@pytest.mark.usefixtures("google")
def test_load_imports_neither_pandas_nor_the_hook_of_zoom(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 5))
    extract_session(session, ZoomHook(), folder)
    take_staged_attendance(meeting(), folder)
    arguments = [meeting().model_dump_json(), folder.path.name]
    called = [sys.executable, "-W", "ignore", "-c", LOAD, *arguments]
    settings = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT}/plugins"}
    assert subprocess.check_output(called, env=settings, text=True).splitlines()[-1] == "[]"
