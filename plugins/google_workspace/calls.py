"""Sending one request to Google."""

from __future__ import annotations

from typing import Any

from googleapiclient.http import HttpRequest

from google_workspace.errors import GoogleUnavailable
from google_workspace.refusals import google_errors


def send(request: HttpRequest, num_retries: int) -> dict[str, Any]:
    """Return Google's answer, a JSON object. Raises GoogleError.

    :param num_retries: how often the client repeats the request when Google is busy.
    """
    with google_errors():
        answer = request.execute(num_retries=num_retries)
    if isinstance(answer, dict):
        return answer
    # The client hands over a page of HTML as text, without complaint.
    raise GoogleUnavailable(
        "Google answered something that is not JSON. If it goes on, look for what stands between "
        "the workers and Google, such as a proxy with a login page."
    )
