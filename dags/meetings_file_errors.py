"""Shows the mistakes in the meetings file as an import error, while the other meetings go on.

Airflow drops every Dag of a file that raises, so the mistakes are raised here and not beside them.
"""

from __future__ import annotations

from airflow.sdk import get_parsing_context

from include.meeting import MeetingFilesError, read_meetings
from include.pipeline.settings import meetings_folder

# A task's process parses one Dag, and no mistake of another meeting may stop it.
if get_parsing_context().dag_id is None and (_mistakes := read_meetings(meetings_folder())[1]):
    raise MeetingFilesError("\n".join(_mistakes))
