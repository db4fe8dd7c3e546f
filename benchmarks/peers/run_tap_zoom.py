"""Run tap-zoom on its stream of participants; prints its Singer messages.

    python run_tap_zoom.py URL TOKEN

Its address of Zoom is a constant of its class, and so is that of the tokens: the first is set here,
and for the second the tap's own development mode takes a token that is there already.
"""

import json
import sys
import tempfile
from pathlib import Path

import tap_zoom
from tap_zoom.client import ZoomClient
from tap_zoom.discover import discover

STREAM = "report_meeting_participants"


def catalog() -> dict:
    """The tap's own catalogue, with the one stream selected."""
    found = discover().to_dict()
    for stream in found["streams"]:
        for entry in stream["metadata"] if stream["tap_stream_id"] == STREAM else ():
            entry["metadata"]["selected"] = True
    return found


def main(url: str, token: str) -> None:
    ZoomClient.BASE_URL = f"{url}/v2/"
    unused = dict.fromkeys(("client_id", "client_secret", "refresh_token"), "unused")
    with tempfile.TemporaryDirectory() as folder:
        config, chosen = Path(folder, "config.json"), Path(folder, "catalog.json")
        config.write_text(json.dumps({**unused, "access_token": token}))
        chosen.write_text(json.dumps(catalog()))
        sys.argv = ["tap-zoom", "--dev", "--config", str(config), "--catalog", str(chosen)]
        tap_zoom.main()


main(*sys.argv[1:])
