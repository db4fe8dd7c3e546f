"""The Dag files as Airflow's dag-processor reads them, each time in a fork of one process."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from airflow.utils.file import might_contain_dag

from sandbox.meeting_files import write_entries
from sandbox.stack import ROOT, airflow_settings
from tests.meeting.files import GOOD

PARSER = """
import json, os, sys
connected = []
def listen(event, args):
    if event == "socket.connect":
        connected.append(str(args[1:]))
sys.addaudithook(listen)
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag
from airflow.models.serialized_dag import SerializedDagModel
from airflow.serialization.serialized_objects import DagSerialization
heavy = {"pandas", "pyarrow", "numpy", "babel", "requests", "googleapiclient", "google.auth"}

def parsed():
    dags, errors = {}, {}
    for bundle in DagBundlesManager().get_all_dag_bundles():
        bundle.initialize()
        bag = DagBag(bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        dags |= bag.dags
        errors |= bag.import_errors
    return {
        "dags": {dag_id: sorted(dag.task_ids) for dag_id, dag in dags.items()},
        "tasks": {
            dag_id: [
                {"doc": task.doc_md, "seconds": task.execution_timeout.total_seconds()}
                for task in dag.tasks
            ]
            for dag_id, dag in dags.items()
        },
        "hashes": {
            dag_id: SerializedDagModel.hash(DagSerialization.to_dict(dag))
            for dag_id, dag in dags.items()
        },
        "errors": errors,
        "heavy": sorted(heavy & set(sys.modules)),
        "connected": connected,
    }

for asked in sys.stdin:
    if os.fork() == 0:
        os.environ.update(json.loads(asked))
        os.write(int(sys.argv[1]), json.dumps(parsed()).encode() + b"\\n")
        os._exit(0)
    os.wait()[1] and sys.exit("This was not parsed.")
"""

Parse = Callable[..., dict[str, Any]]

MEETINGS = ROOT / "sandbox" / "meetings"

TASKS = ["report.extract", "report.load", "report.transform", "sessions"]
REGISTER = ["book", "leaders", "register"]
PREFLIGHT = {"zoom_preflight": ["meeting", "shared"]}


def dags_of(*names: str) -> dict[str, list[str]]:
    """All Dags of these meetings' installation."""
    of_meetings = {
        f"{prefix}_{name}": tasks
        for name in names
        for prefix, tasks in (("zoom_attendance", TASKS), ("zoom_register", REGISTER))
    }
    return PREFLIGHT | of_meetings


@contextmanager
def parser(settings: Mapping[str, str]) -> Iterator[Parse]:
    """Run Airflow's parser: ``parse(home, meetings)``; more of its environment by name."""
    ours, its = os.pipe()
    command = [sys.executable, "-c", PARSER, str(its)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "pass_fds": [its]}
    with subprocess.Popen(command, env=settings, text=True, **pipes) as process, open(ours) as said:
        os.close(its)

        def parse(home: Path, meetings: Path, **context: str) -> dict[str, Any]:
            asked = airflow_settings(home, meetings) | context
            print(json.dumps(asked), file=process.stdin, flush=True)
            return json.loads(said.readline())

        yield parse


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def parse(home: Path) -> Iterator[Parse]:
    with parser(airflow_settings(home, MEETINGS)) as parse:
        yield parse


@pytest.fixture(scope="module")
def parsed(parse: Parse, home: Path) -> dict[str, Any]:
    return parse(home, MEETINGS)


def test_there_are_two_dags_for_each_file_and_the_preflight(parsed: dict[str, Any]) -> None:
    assert parsed["dags"] == dags_of("bible_study", "town_hall", "evening_class")
    assert parsed["errors"] == {}


def test_parsing_imports_nothing_heavy_and_opens_no_connection(parsed: dict[str, Any]) -> None:
    assert parsed["heavy"] == []
    assert parsed["connected"] == []


def test_a_dag_that_is_parsed_again_is_no_new_version(
    parsed: dict[str, Any], tmp_path: Path
) -> None:
    """Airflow makes one where the hash differs: nothing in a Dag may change by itself."""
    other = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}
    with parser(airflow_settings(tmp_path, MEETINGS) | other) as parse:
        assert parse(tmp_path, MEETINGS)["hashes"] == parsed["hashes"]


def mistakes(parsed: dict[str, Any]) -> dict[str, list[str]]:
    """The ends of the import errors, as Airflow's start page shows them, by what it calls each."""
    return {name: error.strip().splitlines()[-1:] for name, error in parsed["errors"].items()}


def test_mistakes_are_import_errors_of_their_files_and_the_dags_of_good_ones_live(
    parse: Parse, tmp_path: Path
) -> None:
    entries = [GOOD | {"name": "good"}, GOOD | {"name": "bad", "timezone": "London"}]
    meetings = write_entries(tmp_path / "meetings", entries)
    (meetings / "worse.yaml").write_text("title: Worse\n\tmeeting_id: 987654321")
    parsed = parse(tmp_path, meetings)
    assert parsed["dags"] == dags_of("good")
    assert mistakes(parsed) == {
        "bad.yaml.py": [
            "bad.yaml, line 5, field `timezone`: 'London': use a name from the IANA list, such as "
            "Australia/Sydney."
        ],
        "worse.yaml.py": ["worse.yaml, line 2: a tab; use spaces."],
    }


def test_a_file_that_was_good_keeps_its_dag_and_tasks_with_a_mistake(
    parse: Parse, tmp_path: Path
) -> None:
    meetings = write_entries(tmp_path / "meetings", [GOOD])
    before = parse(tmp_path, meetings)
    assert before["errors"] == {}
    (meetings / "choir.yaml").write_text("title: Choir\n\tmeeting_id: 987654321")
    parsed = parse(tmp_path, meetings)
    assert parsed["dags"] == before["dags"] == dags_of("choir")
    assert mistakes(parsed) == {"choir.yaml.py": ["choir.yaml, line 2: a tab; use spaces."]}
    write_entries(meetings, [GOOD | {"name": "band"}])
    for of_task in ("zoom_attendance_choir", "zoom_register_choir"):
        parsed = parse(tmp_path, meetings, _AIRFLOW_PARSING_CONTEXT_DAG_ID=of_task)
        assert parsed["dags"] == dags_of("choir")
        assert parsed["errors"].keys() == {"choir.yaml.py"}  # which no task looks at


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


def test_the_shipped_meeting_parses(parse: Parse, tmp_path: Path) -> None:
    parsed = parse(tmp_path, ROOT / "include" / "meetings")
    assert parsed["dags"] == dags_of("bible_study")
    assert parsed["errors"] == {}
