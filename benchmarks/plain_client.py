"""The plain script: the calls of Zoom's documentation in a loop, as it is usually written.

    python -m benchmarks.plain_client URL NUMBER ...

It repeats what Zoom refuses, with growing pauses, and does not ask whether the rows are all there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry


def log_in(url: str) -> requests.Session:
    session = requests.Session()
    retry = Retry(total=5, backoff_factor=1, status_forcelist=(429, 500, 502, 503))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    form = {"grant_type": "account_credentials", "account_id": "sandbox-account"}
    login = ("sandbox-client", "sandbox-secret")
    token = session.post(f"{url}/oauth/token", data=form, auth=login).json()["access_token"]
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def get(session: requests.Session, address: str, **params: Any) -> dict[str, Any]:
    answer = session.get(address, params=params)
    answer.raise_for_status()
    return answer.json()


def rows(url: str, numbers: list[str]) -> Iterator[dict[str, Any]]:
    session = log_in(url)
    for number in numbers:
        for instance in get(session, f"{url}/v2/past_meetings/{number}/instances")["meetings"]:
            uuid = quote(quote(instance["uuid"], safe=""), safe="")
            params = {"page_size": 300}
            while True:
                page = get(session, f"{url}/v2/report/meetings/{uuid}/participants", **params)
                yield from ({"uuid": instance["uuid"], **row} for row in page["participants"])
                if not page["next_page_token"]:
                    break
                params["next_page_token"] = page["next_page_token"]


if __name__ == "__main__":
    for row in rows(sys.argv[1], sys.argv[2:]):
        print(json.dumps(row))
