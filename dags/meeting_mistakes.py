"""Shows the mistakes in the meetings' files as an import error, while all Dags go on.

Airflow drops every Dag of a file that raises, so the mistakes are raised here and not beside them.
"""

from __future__ import annotations

from airflow.sdk import get_parsing_context

from include.meeting import MeetingFilesError
from include.pipeline.known_meetings import meeting_mistakes

# A task's process parses one Dag, and no mistake of another meeting may stop it.
if get_parsing_context().dag_id is None and (_mistakes := meeting_mistakes()):
    raise MeetingFilesError("\n".join(["", *_mistakes]))
