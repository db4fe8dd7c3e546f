"""Shows the mistakes in the meetings file as an import error, while the other meetings' Dags live.

Airflow drops every Dag of a file that raises, so the raising is done here and not beside them. (It
looks into this file because it speaks of airflow and dag.)
"""

from __future__ import annotations

from include.meetings import MeetingsFileError, read_meetings
from include.pipeline.settings import meetings_file

if _mistakes := read_meetings(meetings_file())[1]:
    raise MeetingsFileError("\n".join(_mistakes))
