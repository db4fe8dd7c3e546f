"""The Dag files as Airflow's dag-processor reads them, each time in a fresh process."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from airflow.utils.file import might_contain_dag

from sandbox.stack import ROOT, airflow_settings

PARSE = """
import json, sys
connected = []
def listen(event, args):
    if event == "socket.connect":
        connected.append(str(args[1:]))
sys.addaudithook(listen)
from airflow.dag_processing.dagbag import DagBag
bag = DagBag()
heavy = {"pandas", "pyarrow", "numpy", "googleapiclient", "google.auth"}
print(json.dumps({
    "dags": {dag_id: sorted(dag.task_ids) for dag_id, dag in bag.dags.items()},
    "tasks": {
        dag_id: [
            {"doc": task.doc_md, "seconds": task.execution_timeout.total_seconds()}
            for task in dag.tasks
        ]
        for dag_id, dag in bag.dags.items()
    },
    "errors": bag.import_errors,
    "heavy": sorted(heavy & set(sys.modules)),
    "connected": connected,
}), file=sys.stderr)
"""

TASKS = ["report.extract", "report.load", "report.transform", "sessions"]
PREFLIGHT = {"zoom_preflight": ["meeting", "meetings_file"]}


def parse(home: Path, meetings: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PARSE],
        env=airflow_settings(home, meetings),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stderr.strip().splitlines()[-1])


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return parse(tmp_path_factory.mktemp("home"), ROOT / "sandbox" / "meetings.yaml")


def test_there_is_one_dag_for_each_entry_and_the_preflight(parsed: dict[str, Any]) -> None:
    names = ("bible_study", "town_hall", "evening_class")
    assert parsed["dags"] == PREFLIGHT | {f"zoom_attendance_{name}": TASKS for name in names}
    assert parsed["errors"] == {}


def test_parsing_imports_nothing_heavy_and_opens_no_connection(parsed: dict[str, Any]) -> None:
    assert parsed["heavy"] == []
    assert parsed["connected"] == []


def test_a_bad_entry_is_an_import_error_and_the_other_dags_live(tmp_path: Path) -> None:
    meetings = tmp_path / "meetings.yaml"
    meetings.write_text(
        """
meetings:
  - {name: good, title: Good, meeting_id: 98765432101, timezone: Europe/London,
     schedule: "0 19 * * THU", publish_to: {folder: Reports}}
  - {name: bad, title: Bad, meeting_id: 98765432102, timezone: London,
     schedule: "0 19 * * THU", publish_to: {folder: Reports}}
"""
    )
    parsed = parse(tmp_path, meetings)
    assert parsed["dags"].keys() == {"zoom_attendance_good", "zoom_preflight"}
    (file, error), *others = parsed["errors"].items()
    assert not others
    assert os.path.basename(file) == "meetings_file_errors.py"
    assert (
        "meetings.yaml, entry 2 (bad), field `timezone`: 'London': "
        "use a name from the IANA list, such as Australia/Sydney."
    ) in error


def test_airflow_parses_each_dag_file_for_its_code_alone(tmp_path: Path) -> None:
    """Airflow skips a file without certain words; those of a docstring come and go."""
    for file in (ROOT / "dags").glob("*.py"):
        module = ast.parse(file.read_text())
        assert ast.get_docstring(module)
        bare = tmp_path / file.name
        bare.write_text(ast.unparse(ast.Module(module.body[1:], [])))  # nor are there comments
        assert might_contain_dag(str(bare), safe_mode=True)


def test_every_task_says_what_it_does_and_ends(parsed: dict[str, Any]) -> None:
    assert parsed["tasks"].keys() == parsed["dags"].keys()
    for tasks in parsed["tasks"].values():
        assert all(task["doc"] and task["seconds"] > 0 for task in tasks)


def test_the_shipped_meetings_file_parses(tmp_path: Path) -> None:
    parsed = parse(tmp_path, ROOT / "include" / "meetings.yaml")
    assert parsed["dags"].keys() == {"zoom_attendance_bible_study", "zoom_preflight"}
    assert parsed["errors"] == {}
