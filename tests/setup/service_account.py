"""The key file of a service account, and the sandbox's knowledge of it."""

from __future__ import annotations

import json
from pathlib import Path

from sandbox.both import Sandbox
from sandbox.google.keys import key_pair

ADDRESS = "reports@example.iam.gserviceaccount.com"
CLIENT_ID = "104857600000000000001"


def key_file(file: Path, sandbox: Sandbox, *, known: bool) -> str:
    """Write a key file; returns its private key. Only a known one lets its owner in."""
    private, public = key_pair()
    if known:
        sandbox.google.public_keys[ADDRESS] = public
    content = {
        "type": "service_account",
        "client_email": ADDRESS,
        "client_id": CLIENT_ID,
        "private_key": private,
        "token_uri": f"{sandbox.url}/oauth2/token",
    }
    file.write_text(json.dumps(content))
    return private
