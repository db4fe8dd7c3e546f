"""The Airflow connections that lead to a sandbox.

``python -m sandbox.connections URL`` prints them for ``airflow connections import``.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.parse import urlsplit

from sandbox.zoom.state import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET


def connections(url: str) -> dict[str, dict[str, Any]]:
    """Return them by id, in Airflow's JSON form; ``url`` is where Airflow reaches the sandbox.

    Each sandbox has a Zoom account of its own: one's pace of calls is not the other's.
    """
    address = urlsplit(url)
    return {
        "zoom_default": {
            "conn_type": "zoom",
            "host": f"{address.scheme}://{address.hostname}",
            "port": address.port,
            "login": CLIENT_ID,
            "password": CLIENT_SECRET,
            "extra": {
                "account_id": f"{ACCOUNT_ID}-{address.port}",
                "token_url": f"{url}/oauth/token",
            },
        },
        "google_cloud_default": {
            "conn_type": "google_cloud_platform",
            "extra": {
                "is_anonymous": True,
                "sheets_api_endpoint": f"{url}/",
                "drive_api_endpoint": f"{url}/drive/v3/",
            },
        },
    }


if __name__ == "__main__":
    print(json.dumps(connections(sys.argv[1])))
