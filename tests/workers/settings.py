"""Settings of the compose file, as they would stand in .env."""

from __future__ import annotations

import json

from deploy.make_env import with_fresh_secrets
from sandbox.stack import ROOT

BUCKET, REGION = "attendance", "us-east-1"
KEY_ID, KEY = "invented-key-id", "invented-secret-key"


def fresh_settings() -> dict[str, str]:
    """Return .env.example with fresh secrets, as ``make env`` writes them."""
    lines = with_fresh_secrets((ROOT / ".env.example").read_text()).splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def with_workers(s3_url: str) -> dict[str, str]:
    """Return the settings of two workers with staged files and logs in the bucket."""
    key = {"conn_type": "aws", "login": KEY_ID, "password": KEY}
    extra = {"endpoint_url": s3_url, "region_name": REGION}
    return {
        "COMPOSE_PROFILES": "celery",
        "EXECUTOR": "CeleryExecutor",
        "REMOTE_LOGGING": "true",
        "REMOTE_LOG_FOLDER": f"s3://{BUCKET}/logs",
        "STAGING_URL": f"s3://storage@{BUCKET}/staging",
        "RECORDS_URL": f"s3://storage@{BUCKET}/records",
        "STORAGE_CONNECTION": f"'{json.dumps(key | {'extra': extra})}'",
        "WORKERS": "2",
        "WORKER_CONCURRENCY": "2",
    }
