"""The Helm values are Airflow's and the project's own; there is no cluster to try them in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from airflow.configuration import conf
from airflow.sdk import Connection

from sandbox.stack import ROOT
from zoom_provider.account import ZoomAccount

FOLDER = ROOT / "deploy" / "kubernetes"
VALUES = yaml.safe_load((FOLDER / "values.yaml").read_text(encoding="utf-8"))
ENV: dict[str, str] = {entry["name"]: entry["value"] for entry in VALUES["env"]}

THE_CHARTS = {
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__CORE__EXECUTOR",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__CORE__LOAD_EXAMPLES",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK",
}
"""Settings that the chart makes itself, out of its values and secrets; the last it does without."""

SAME_AS_COMPOSE = {
    "AIRFLOW__API__BASE_URL",
    "AIRFLOW__CORE__AUTH_MANAGER",
    "AIRFLOW__CORE__PARALLELISM",
    "AIRFLOW__CORE__TEST_CONNECTION",
    "AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID",
    "PYTHONPATH",
}


def compose_settings() -> dict[str, str]:
    """Return what compose sets in Airflow's containers, with the defaults of its variables."""
    compose = yaml.safe_load((ROOT / "docker-compose.yaml").read_text(encoding="utf-8"))
    environment = compose["services"]["scheduler"]["environment"]
    return {
        name: re.sub(r"\$\{\w+(?::-([^}]*))?[^}]*\}", r"\1", str(value))
        for name, value in environment.items()
    }


def connections() -> dict[str, str]:
    lines = (FOLDER / "connections.example.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def connection(conn_id: str) -> Connection:
    return Connection.from_json(connections()[f"AIRFLOW_CONN_{conn_id.upper()}"], conn_id=conn_id)


@pytest.fixture(scope="module")
def as_pods_read_it() -> dict[str, str]:
    """Read the project's settings in a process that has the values' environment."""
    program = (
        "import json; from include.pipeline import settings as s;"
        "print(json.dumps({'meetings': str(s.meetings_folder()), 'staging': s.staging_url()}))"
    )
    env = {**os.environ, **ENV, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_version_is_the_one_that_the_image_gets() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert f"apache-airflow=={VALUES['airflowVersion']}\n" in requirements


@pytest.mark.parametrize(
    "name", [n for n in ENV if n.startswith("AIRFLOW__") and "ZOOM_ATTENDANCE" not in n]
)
def test_airflow_has_the_setting(name: str) -> None:
    _, section, option = name.lower().split("__", 2)
    assert option in conf.configuration_description[section]["options"]


def test_values_of_the_environment_are_text() -> None:
    assert {type(value) for value in ENV.values()} == {str}, (
        "the chart refuses numbers and booleans"
    )


def test_project_reads_its_settings(as_pods_read_it: dict[str, str]) -> None:
    mount = VALUES["volumeMounts"][0]["mountPath"]
    assert as_pods_read_it["meetings"] == mount
    assert as_pods_read_it["staging"].startswith("s3://storage@")


def test_example_connections_are_good() -> None:
    mount = VALUES["volumeMounts"][0]["mountPath"]
    zoom = ZoomAccount.from_connection(connection("zoom_default"))
    assert (zoom.base_url, zoom.machines) == ("https://api.zoom.us/v2", 1)
    assert connection("google_cloud_default").extra_dejson["key_path"] == f"{mount}/key.json"
    assert connection(ENV["AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID"]).conn_type == "aws"


def test_only_one_pod_calls_zoom() -> None:
    scheduler = VALUES["scheduler"]
    assert VALUES["executor"] == "LocalExecutor"
    assert (scheduler["replicas"], scheduler["strategy"]) == (1, {"type": "Recreate"})
    assert VALUES["workers"]["celery"]["persistence"]["enabled"] is False, "a StatefulSet then"


def test_compose_and_values_set_the_same() -> None:
    compose = {n for n in compose_settings() if not n.startswith("AIRFLOW__CELERY__")}
    only_here = {"AIRFLOW__ZOOM_ATTENDANCE__MEETINGS"}
    assert compose - THE_CHARTS - set(connections()) == set(ENV) - only_here


@pytest.mark.parametrize("name", sorted(SAME_AS_COMPOSE))
def test_compose_and_values_agree(name: str) -> None:
    assert ENV[name] == compose_settings()[name]


def test_guide_makes_what_the_values_name() -> None:
    named = {value for key, value in VALUES.items() if key.endswith("SecretName")}
    named |= set(VALUES["data"].values())
    named |= {entry["secretRef"]["name"] for entry in yaml.safe_load(VALUES["extraEnvFrom"])}
    for source in VALUES["volumes"][0]["projected"]["sources"]:
        named |= {reference["name"] for reference in source.values()}
    guide = (ROOT / "docs" / "kubernetes.md").read_text(encoding="utf-8")
    assert named == set(re.findall(r"kubectl create (?:secret generic|configmap) (\S+)", guide))


def test_nothing_secret_in_the_values() -> None:
    def keys(node: Any) -> set[str]:
        if isinstance(node, dict):
            return set(node).union(*map(keys, node.values()))
        return set().union(*map(keys, node)) if isinstance(node, list) else set()

    assert keys(VALUES).isdisjoint({"fernetKey", "apiSecretKey", "jwtSecret", "password", "pass"})
    assert not [n for n in ENV if n.startswith("AIRFLOW_CONN_") or n.endswith(("_KEY", "_SECRET"))]
    assert VALUES["createUserJob"]["enabled"] is False, "it would make admin with password admin"
