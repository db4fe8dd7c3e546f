"""The Dag files that show mistakes in the meetings' files, as Airflow finds and parses them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from airflow.dag_processing.dagbag import DagBag
from airflow.utils.file import list_py_file_paths

from include.pipeline.mistakes_bundle import MistakesBundle, is_configured
from sandbox.meeting_files import write_entries
from sandbox.stack import ROOT
from tests.meeting.files import GOOD

BUNDLES = "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"
TAB = "title: Choir\n\tmeeting_id: 987654321"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The meetings' files of an Airflow of its own."""
    folder = write_entries(tmp_path / "meetings", [GOOD])
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path))
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(folder))
    return folder


@pytest.fixture
def bundle(folder: Path) -> MistakesBundle:
    bundle = MistakesBundle(name="meetings")
    bundle.initialize()
    return bundle


def shown(bundle: MistakesBundle) -> dict[str, list[str]]:
    """What each of the import errors says below the name of the exception."""
    bundle.refresh()
    errors = {}
    for file in list_py_file_paths(bundle.path, safe_mode=True):
        bag = DagBag(file, bundle_path=bundle.path, bundle_name=bundle.name)
        assert not bag.dags
        errors |= bag.import_errors
    return {
        name: error.split("MeetingFileError:")[1].strip().splitlines()
        for name, error in errors.items()
    }


def test_nothing_is_shown_of_good_files(bundle: MistakesBundle) -> None:
    assert shown(bundle) == {}


def test_each_file_has_an_import_error_of_its_own_until_it_is_corrected(
    bundle: MistakesBundle, folder: Path
) -> None:
    (folder / "band.yaml").write_text(TAB)
    (folder / "Drums.yml").write_text(TAB)
    band = {"band.yaml.py": ["band.yaml, line 2: a tab; use spaces."]}
    both = shown(bundle)
    assert both.keys() == {"Drums.yml.py", *band}
    assert both["Drums.yml.py"][0].startswith("Drums.yml must be called <name>.yaml, with")
    (folder / "Drums.yml").unlink()
    assert shown(bundle) == band
    write_entries(folder, [GOOD | {"name": "band"}])
    assert shown(bundle) == {}


def test_several_mistakes_have_a_line_each(bundle: MistakesBundle, folder: Path) -> None:
    write_entries(folder, [GOOD | {"name": "band", "timezone": "London", "schedule": "weekly"}])
    lines = shown(bundle)["band.yaml.py"]
    assert [line.split("`")[1] for line in lines] == ["timezone", "schedule"]


@pytest.mark.parametrize(
    "name",
    ['a"""b\'\\.yaml', "a" * 250 + ".yaml", os.fsdecode(b"caf\xe9.yaml"), "{0}.yaml", "🎺.yaml"],
    ids=["quotes", "long", "latin-1", "braces", "emoji"],
)
def test_no_name_of_a_file_keeps_others_from_being_shown(
    bundle: MistakesBundle, folder: Path, name: str
) -> None:
    (folder / name).write_text(TAB)
    (folder / "band.yaml").write_text(TAB)
    said = shown(bundle)
    assert len(said) == 2
    assert said["band.yaml.py"] == ["band.yaml, line 2: a tab; use spaces."]
    json.dumps(said, ensure_ascii=False).encode()


def test_a_folder_that_is_not_there_is_a_mistake_of_its_own(
    bundle: MistakesBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(tmp_path / "none"))
    ((name, (mistake,)),) = shown(bundle).items()
    assert name == "none.py"
    assert mistake.startswith(f"The folder {tmp_path}/none cannot be read")


def test_the_setting_of_an_earlier_version_is_a_mistake(
    bundle: MistakesBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS_FILE", "/some/meetings.yaml")
    (mistake,) = shown(bundle)["settings.py"]
    assert mistake.startswith("The setting AIRFLOW__ZOOM_ATTENDANCE__MEETINGS_FILE is of an")
    assert "AIRFLOW__ZOOM_ATTENDANCE__MEETINGS." in mistake


def test_airflow_parses_a_file_anew_only_when_it_says_something_else(
    bundle: MistakesBundle, folder: Path
) -> None:
    (folder / "band.yaml").write_text(TAB)
    shown(bundle)
    file = bundle.path / "band.yaml.py"
    os.utime(file, (0, 0))
    shown(bundle)
    assert file.stat().st_mtime == 0
    (folder / "band.yaml").write_text("\n" + TAB)
    assert shown(bundle) == {"band.yaml.py": ["band.yaml, line 3: a tab; use spaces."]}
    assert file.stat().st_mtime > 0


def test_compose_kubernetes_and_make_run_name_the_same_bundles() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yaml").read_text())
    values = yaml.safe_load((ROOT / "deploy" / "kubernetes" / "values.yaml").read_text())
    (of_pods,) = (entry["value"] for entry in values["env"] if entry["name"] == BUNDLES)
    of_compose = compose["services"]["scheduler"]["environment"][BUNDLES]
    here = json.loads(os.environ[BUNDLES])
    assert json.loads(of_compose) == json.loads(of_pods) == here


def test_whether_airflow_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_configured()
    monkeypatch.delenv(BUNDLES)
    assert not is_configured()
