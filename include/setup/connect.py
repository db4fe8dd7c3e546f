"""``make connect``: asks for Zoom's and Google's values, tries them, and makes both connections."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

# As Airflow's own commands do: else hooks look no connection up.
os.environ["_AIRFLOW_PROCESS_CONTEXT"] = "server"
# The questions stand alone: what a try brings is said in a sentence after it.
os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "ERROR"

import airflow.settings  # noqa: F401  (puts the plugins folder on the path)

from google_workspace.errors import GoogleBadKey, GoogleError
from include.setup import google, zoom
from include.setup.asking import agreed, end_like_ctrl_c, say
from include.setup.saved import Fields, save, saved, tried_as, variable
from zoom_provider.errors import ZoomBadCredentials, ZoomError

WELCOME = """\
This makes the two connections of Airflow, to Zoom and to Google. An empty answer takes what is in
[brackets]; Ctrl-C stops, and changes nothing that is not said to be saved.
"""

NEXT = "Both connections are there. Next: `make meeting` describes a meeting to Airflow."

STOPPED = "\nStopped: nothing was changed, but for what is said above to be saved."


@dataclass(frozen=True)
class Side:
    """One of the two sides, with its questions and its trial.

    :param asked: returns the connection, out of the one before.
    :param tried: returns a sentence; raises what the side answers.
    :param wrong: is raised if an answer was wrong, so that it is asked for again.
    """

    conn_id: str
    introduction: str
    asked: Callable[[Fields], Fields]
    tried: Callable[[], str]
    wrong: type[Exception]


SIDES = (
    Side(zoom.CONNECTION, zoom.INTRODUCTION, zoom.asked, zoom.tried, ZoomBadCredentials),
    Side(google.CONNECTION, google.INTRODUCTION, google.asked, google.tried, GoogleBadKey),
)


def main() -> int:
    """Ask, try and save; returns the exit code."""
    end_like_ctrl_c()
    try:
        say(WELCOME)
        for side in SIDES:
            _connect(side)
    except (KeyboardInterrupt, EOFError):
        say(STOPPED)
        return 1
    say(NEXT)
    return 0


def _connect(side: Side) -> None:
    before = saved(side.conn_id)
    question = f"There is a connection {side.conn_id} already. Replace it?"
    if before and not agreed(question, proposed=False):
        return
    say(side.introduction)
    save(side.conn_id, _accepted(side, before))
    say(f"Saved as {side.conn_id}.\n")
    if os.environ.get(variable(side.conn_id)):
        say(f"But Airflow takes it from the variable {variable(side.conn_id)}, which is set here.")


def _accepted(side: Side, fields: Fields) -> Fields:
    """Ask until the other side accepts the answers, or the person has them saved as they are."""
    while True:
        fields = side.asked(fields)
        with tried_as(side.conn_id, fields):
            if _good_enough(side):
                return fields


def _good_enough(side: Side) -> bool:
    """Try until it goes well, or only the person could tell; False if an answer is wrong."""
    while True:
        say("Trying it (minutes, if nothing answers) ...")
        try:
            say(side.tried())
            return True
        except side.wrong as error:
            say(f"{error}\nPlease enter the values again.")
            return False
        except (ZoomError, GoogleError) as error:
            say(str(error))
        if not agreed("Try again? `no` saves the values as they are", proposed=True):
            return True


if __name__ == "__main__":
    sys.exit(main())
