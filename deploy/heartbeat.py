"""Health check of a component that serves no port: has it reported to Airflow's database lately?

``python deploy/heartbeat.py triggerer`` asks the api-server, which costs a hundredth of the
processor time of ``airflow jobs check``.
"""

from __future__ import annotations

import json
import os
import sys
from urllib.parse import urljoin
from urllib.request import urlopen

PATIENCE = 20.0
"""Seconds."""


def main(component: str) -> str | None:
    """Return what is wrong with a component, if anything; raises OSError without an api-server."""
    server = os.environ["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    with urlopen(urljoin(server, "/api/v2/monitor/health"), timeout=PATIENCE) as answer:
        status = json.load(answer)[component]["status"]
    return None if status == "healthy" else f"{component}: {status}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
