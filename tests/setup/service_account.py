"""The key file of a service account, and the sandbox's knowledge of it."""

from __future__ import annotations

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from sandbox.both import Sandbox

ADDRESS = "reports@example.iam.gserviceaccount.com"
CLIENT_ID = "104857600000000000001"


def key_file(file: Path, sandbox: Sandbox, *, known: bool) -> str:
    """Write a key file; returns its private key. Only a known one lets its owner in."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    if known:
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        sandbox.google.public_keys[ADDRESS] = public.decode()
    content = {
        "type": "service_account",
        "client_email": ADDRESS,
        "client_id": CLIENT_ID,
        "private_key": private,
        "token_uri": f"{sandbox.url}/oauth2/token",
    }
    file.write_text(json.dumps(content))
    return private
