"""Load the participants of meetings with dlt's `rest_api` source into DuckDB; prints its rows.

    python run_dlt.py URL NUMBER ...

The login is the tool's own for client credentials, with what Zoom asks for: HTTP Basic and another
`grant_type`. A UUID is encoded twice, as Zoom's reference says.
"""

import base64
import json
import logging
import sys
import tempfile
from urllib.parse import quote

import dlt
import duckdb
from dlt.common.configuration import configspec
from dlt.sources.helpers.rest_client.auth import OAuth2ClientCredentials
from dlt.sources.rest_api import rest_api_source

PAGES = {"type": "cursor", "cursor_path": "next_page_token", "cursor_param": "next_page_token"}


@configspec
class ServerToServer(OAuth2ClientCredentials):
    """Zoom's login for an app of its own account."""

    def build_access_token_request(self) -> dict:
        login = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        return {
            "headers": {"Authorization": f"Basic {login}"},
            "data": {"grant_type": "account_credentials", "account_id": "sandbox-account"},
        }


def encoded(instance: dict) -> dict:
    return {**instance, "path_uuid": quote(quote(instance["uuid"], safe=""), safe="")}


def source(url: str, numbers: list[str]):
    auth = ServerToServer(
        access_token_url=f"{url}/oauth/token",
        client_id="sandbox-client",
        client_secret="sandbox-secret",
    )
    meetings = dlt.resource([[{"number": number} for number in numbers]], name="meetings")
    instances = {
        "name": "instances",
        "endpoint": {
            "path": "past_meetings/{resources.meetings.number}/instances",
            "data_selector": "meetings",
            "paginator": "single_page",
        },
        "processing_steps": [{"map": encoded}],
    }
    participants = {
        "name": "participants",
        "endpoint": {
            "path": "report/meetings/{resources.instances.path_uuid}/participants",
            "params": {"page_size": 300},
            "data_selector": "participants",
            "paginator": PAGES,
        },
        "include_from_parent": ["uuid"],
    }
    client = {"base_url": f"{url}/v2/", "auth": auth}
    return rest_api_source({"client": client, "resources": [meetings, instances, participants]})


def main(url: str, numbers: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/rows.duckdb"
        pipeline = dlt.pipeline(
            "bench",
            pipelines_dir=folder,
            destination=dlt.destinations.duckdb(path),
            dataset_name="zoom",
        )
        pipeline.run(source(url, numbers))
        with duckdb.connect(path) as database:
            found = database.execute(
                "select * exclude (_dlt_id, _dlt_load_id) from zoom.participants"
            )
            for row in found.fetchall():
                print(json.dumps(row, default=str))


main(sys.argv[1], sys.argv[2:])
