"""Airflow's web server takes Zoom's "meeting ended" and starts the meeting's report; its scheduler
writes the notes of the runs."""

from __future__ import annotations

import logging

from airflow.plugins_manager import AirflowPlugin

from include.pipeline import run_note
from include.pipeline.known_meetings import known_meetings
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.webhook.app import webhook_app
from zoom_provider.webhook.dag_runs import run_id_of, start_run
from zoom_provider.webhook.events import DeliverAgain, MeetingEnded
from zoom_provider.webhook.secret import SecretToken

log = logging.getLogger(__name__)


def start_reports(ended: MeetingEnded) -> None:
    """Start the Dags of a meeting for the instance that has ended; an unknown meeting has none.

    Raises DeliverAgain if the meeting may be one whose file has had mistakes from the beginning.
    """
    # Read each time: a new meeting must not need a restart of the api-server.
    known = known_meetings()
    dag_ids = [
        meeting.dag_id for meeting in known.meetings if meeting.meeting_id == ended.meeting_id
    ]
    if not dag_ids and not known.complete:
        raise DeliverAgain("A meeting's file has mistakes: see Airflow's import errors.")
    if not dag_ids:
        log.info("Meeting %d has no file in the folder of the meetings: ignored.", ended.meeting_id)
    conf = {"uuid": ended.uuid, "just_ended": True}
    for dag_id in dag_ids:
        start_run(dag_id, run_id_of(ended.uuid), conf)


class ZoomAttendancePlugin(AirflowPlugin):
    """Mounts the webhook at ``/zoom/webhook`` of the api-server; its listener writes notes."""

    name = "zoom_attendance"
    listeners = [run_note]  # noqa: RUF012  (as Airflow declares it)
    fastapi_apps = [  # noqa: RUF012  (as Airflow declares it)
        {
            "app": webhook_app(SecretToken(ZoomHook.default_conn_name), start_reports),
            "url_prefix": "/zoom",
            "name": "Zoom webhook",
        }
    ]
