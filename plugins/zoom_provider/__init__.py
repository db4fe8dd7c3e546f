"""Zoom for Apache Airflow: what the UI shows of a Zoom connection."""

from __future__ import annotations

from typing import Any

__version__ = "1.0.0"

_CONNECTION_FIELDS: dict[str, Any] = {
    "account_id": {
        "label": "Account ID",
        "description": "App Credentials page of the Server-to-Server OAuth app.",
        "schema": {"type": ["string", "null"]},
    },
    "heavy_per_second": {
        "label": "Plan limit: heavy calls a second",
        "description": "Free 1, Pro 10 (the default), Business and above 40.",
        "schema": {"type": ["integer", "null"], "minimum": 1},
    },
    "machines": {
        "label": "Worker machines sharing the limit",
        "description": "Each takes an equal share; a worker's container counts as one. Default 1.",
        "schema": {"type": ["integer", "null"], "minimum": 1},
    },
    "token_url": {
        "label": "Token URL",
        "description": "Default https://zoom.us/oauth/token",
        "schema": {"type": ["string", "null"]},
    },
    "auth": {
        "label": "Login",
        "description": "server_to_server (the default), or jwt, retired by Zoom in 2023.",
        "schema": {"type": ["string", "null"], "enum": ["server_to_server", "jwt", None]},
    },
    "webhook_secret": {
        "label": "Webhook secret token",
        "description": "Only for the webhook: the app's Secret Token, by its event subscriptions.",
        "schema": {"type": ["string", "null"], "format": "password"},
    },
}

_FIELD_BEHAVIOUR: dict[str, Any] = {
    "hidden-fields": ["schema"],
    "relabeling": {
        "login": "Client ID",
        "password": "Client secret",
        "host": "API host",
        "port": "Port (443: Airflow 3.3.2's Test button needs one)",
    },
    "placeholders": {"host": "https://api.zoom.us", "port": "443"},
}


def get_provider_info() -> dict[str, Any]:
    """Describe this provider in the form Airflow's provider manager reads."""
    return {
        "package-name": "airflow-provider-zoom",
        "name": "Zoom",
        "description": "Past meetings and participant reports of a Zoom account.",
        "versions": [__version__],
        "connection-types": [
            {
                "connection-type": "zoom",
                "hook-class-name": "zoom_provider.hooks.zoom.ZoomHook",
                "hook-name": "Zoom",
                "ui-field-behaviour": _FIELD_BEHAVIOUR,
                "conn-fields": _CONNECTION_FIELDS,
            }
        ],
    }
