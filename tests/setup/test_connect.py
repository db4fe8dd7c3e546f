"""``make connect`` in a terminal, with the sandbox as Zoom and Google."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from include.setup.saved import save, saved
from local.airflow import migrate
from local.postgres import Postgres
from sandbox.both import Sandbox, running
from sandbox.stack import ROOT, airflow_settings
from sandbox.zoom import World
from tests.conftest import HOME
from tests.setup.service_account import ADDRESS, CLIENT_ID, key_file
from tests.setup.terminal import CTRL_C, Terminal

COMMAND = ["-m", "include.setup.connect"]

REPLACE_ZOOM = "zoom_default already. Replace it? (yes/no) [no]: "
REPLACE_GOOGLE = "google_cloud_default already. Replace it? (yes/no) [no]: "
ACCOUNT = "Account ID [sandbox-account]: "
CLIENT = "Client ID [sandbox-client]: "
SECRET = "Client secret (you will not see it): "
PLAN = "Plan: Free, Pro, or Business (or above) [Pro]: "
WEBHOOK_SECRET = "kept-as-it-is"
KEY_FILE = "Key file: "
WAY = "A, B or C [A]: "
AGAIN = "Try again? `no` saves the values as they are (yes/no) [yes]: "

STOPPED = "Stopped: nothing was changed, but for what is said above to be saved.\n"


@pytest.fixture(scope="module")
def server(world: World) -> Iterator[Sandbox]:
    with running(world) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def settings(own_connections: Postgres) -> dict[str, str]:
    """Those of an Airflow whose database is ready."""
    settings = airflow_settings(HOME, ROOT / "sandbox" / "meetings") | own_connections.settings
    settings |= {"AIRFLOW__CORE__FERNET_KEY": ""}  # as in this process, which reads and writes, too
    settings |= {"HOME": str(HOME)}  # whose owner has downloaded nothing
    migrate(settings, HOME / "migrate.log")
    return settings


@pytest.fixture(autouse=True)
def before(server: Sandbox, settings: dict[str, str]) -> dict[str, dict[str, object]]:
    """Connections that lead to the sandbox, as somebody has made them earlier."""
    before = server.connections
    before["zoom_default"]["extra"] |= {
        "account_id": "sandbox-account",
        "webhook_secret": WEBHOOK_SECRET,
        "auth": "jwt",
    }
    for conn_id, fields in before.items():
        save(conn_id, fields)
    return {conn_id: saved(conn_id) for conn_id in before}


def piped(settings: dict[str, str], *answers: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *COMMAND],
        cwd=ROOT,
        env=settings,
        input="\n".join(answers),
        capture_output=True,
        text=True,
    )


def test_wrong_values_are_asked_for_again_and_the_right_ones_saved(
    settings: dict[str, str], server: Sandbox, tmp_path: Path
) -> None:
    unknown, known = tmp_path / "dead.json", tmp_path / "my key's.json"
    key_file(unknown, server, known=False)
    private = key_file(known, server, known=True)
    person = Terminal(COMMAND, settings)
    person.answer(REPLACE_ZOOM, "yes")
    person.answer(ACCOUNT, "")
    person.answer(CLIENT, " sandbox-client ")
    person.answer(SECRET, "mistyped")
    person.answer(PLAN, "Platinum")
    person.answer("Please type Free, Pro or Business.", "Business")
    person.wait_for("Zoom does not know this client id with this client secret.")
    person.answer(ACCOUNT, "")
    person.answer(CLIENT, "")
    person.answer(SECRET, "sandbox-secret")
    person.answer("Plan: Free, Pro, or Business (or above) [Business]: ", "")
    person.wait_for("Zoom accepts the login, and the app has all four scopes.")
    person.wait_for("Saved as zoom_default.")
    person.answer(REPLACE_GOOGLE, "y")
    person.answer(KEY_FILE, str(ROOT / "README.md"))
    person.answer("README.md is not JSON, so it is no key file.", f"'{unknown}' ")
    person.wait_for(ADDRESS)
    person.answer(WAY, "")
    person.wait_for("Google refused the service account's key.")
    person.answer(KEY_FILE, str(known).replace(" ", "\\ ").replace("'", "\\'"))
    person.answer(WAY, "c")
    person.wait_for(f"the client id {CLIENT_ID} with exactly these scopes:")
    person.answer("That user's e-mail address: ", "Pat")
    person.answer("Use one e-mail address, such as office@example.org.", "pat@example.org")
    person.wait_for("Google accepts the key.")
    person.wait_for("Saved as google_cloud_default.")
    assert person.end() == 0
    assert saved("zoom_default") == {
        "conn_type": "zoom",
        "host": "http://127.0.0.1",
        "port": server.connections["zoom_default"]["port"],
        "login": "sandbox-client",
        "password": "sandbox-secret",
        "extra": {
            "account_id": "sandbox-account",
            "heavy_per_second": 40,
            "token_url": f"{server.url}/oauth/token",
            "webhook_secret": WEBHOOK_SECRET,
        },
    }
    google = saved("google_cloud_default")
    assert google["conn_type"] == "google_cloud_platform"
    assert json.loads(google["extra"].pop("keyfile_dict"))["private_key"] == private
    assert google["extra"] == {
        "num_retries": 7,
        "scope": "https://www.googleapis.com/auth/spreadsheets,https://www.googleapis.com/auth/drive",
        "subject": "pat@example.org",
        "sheets_api_endpoint": f"{server.url}/",
        "drive_api_endpoint": f"{server.url}/drive/v3/",
    }
    for secret in ("mistyped", "sandbox-secret", private[40:80]):
        assert secret not in person.shown


def test_ctrl_c_at_the_secret_leaves_the_connections_and_the_terminal(
    settings: dict[str, str], before: dict[str, dict[str, object]]
) -> None:
    person = Terminal(COMMAND, settings)
    person.answer(REPLACE_ZOOM, "yes")
    person.answer(ACCOUNT, "another-account")
    person.answer(CLIENT, "another-client")
    person.wait_for(SECRET)
    assert not person.shows_what_is_typed()
    person.insist(lambda: person.press(CTRL_C), STOPPED)
    assert person.shows_what_is_typed()
    assert person.end() == 1
    assert {conn_id: saved(conn_id) for conn_id in before} == before


def test_sigterm_leaves_the_terminal_in_order(settings: dict[str, str]) -> None:
    person = Terminal(COMMAND, settings)
    person.answer(REPLACE_ZOOM, "yes")
    person.answer(ACCOUNT, "")
    person.answer(CLIENT, "")
    person.wait_for(SECRET)
    person.insist(lambda: person.process.send_signal(signal.SIGTERM), STOPPED)
    assert person.shows_what_is_typed()
    assert person.end() == 1


def test_answers_from_a_pipe_that_end_too_soon(
    settings: dict[str, str], before: dict[str, dict[str, object]]
) -> None:
    done = piped(settings, "yes", "", "", "sandbox-secret", "free", "yes")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Saved as zoom_default." in done.stdout
    assert done.stdout.endswith(STOPPED)
    assert "sandbox-secret" not in done.stdout
    assert saved("zoom_default")["extra"]["heavy_per_second"] == 1
    assert saved("google_cloud_default") == before["google_cloud_default"]


def test_connections_that_are_there_stay(
    settings: dict[str, str], before: dict[str, dict[str, object]]
) -> None:
    done = piped(settings, "", "no")
    assert (done.returncode, done.stderr) == (0, "")
    assert {conn_id: saved(conn_id) for conn_id in before} == before


def test_missing_scopes_are_named_together(settings: dict[str, str], server: Sandbox) -> None:
    for endpoint in ("meeting", "report_participants"):
        server.zoom.faults.add("missing_scope", endpoint=endpoint)
    elsewhere = {"AIRFLOW_CONN_ZOOM_DEFAULT": "zoom://elsewhere"}
    done = piped(settings | elsewhere, "yes", "", "", "sandbox-secret", "", "yes", "no")
    assert (
        "the app lacks: meeting:read:meeting:admin, report:read:list_meeting_participants:admin. "
    ) in done.stdout
    assert (
        f"{AGAIN}Trying it (minutes, if nothing answers) ...\nZoom accepts the login" in done.stdout
    )
    assert "Airflow takes it from the variable AIRFLOW_CONN_ZOOM_DEFAULT" in done.stdout
    assert done.returncode == 0
