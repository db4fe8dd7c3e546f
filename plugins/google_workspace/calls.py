"""Sending one request to Google: again for what passes by itself, and never without an end."""

from __future__ import annotations

import logging
from typing import Any

from googleapiclient.http import HttpRequest
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from google_workspace.errors import GoogleUnavailable
from google_workspace.http_errors import google_errors
from google_workspace.time_limit import within

log = logging.getLogger(__name__)

TIME_LIMIT = 200.0
"""Seconds for one try. Google gives itself 180."""

LAST_ATTEMPT_AFTER = 2
"""Time limits after the first try within which the last one begins: a call ends within three, ten
minutes."""

LONGEST_PAUSE = 64
"""Seconds between two tries; a quota per minute needs 60."""

ResponseBody = dict[str, Any]


def send(request: HttpRequest, num_retries: int, time_limit: float = TIME_LIMIT) -> ResponseBody:
    """Return the body of Google's response, a JSON object; an empty one if it has none.

    Raises GoogleError.

    :param num_retries: how often the request is sent again when it is GoogleUnavailable,
        a connection that breaks at any point and the time limit among them; 0 for a request that
        must not be carried out twice (but httplib2 itself repeats one that got no response, once).
    :param time_limit: seconds after which a try is GoogleUnavailable, whatever the request does.
    """
    retrying = Retrying(
        retry=retry_if_exception_type(GoogleUnavailable),
        wait=wait_random_exponential(multiplier=2, max=LONGEST_PAUSE),
        stop=stop_after_attempt(num_retries + 1)
        | stop_after_delay(LAST_ATTEMPT_AFTER * time_limit),
        before_sleep=lambda state: _prepare_retry(request, state),
        reraise=True,
    )
    return retrying(_send_in_time, request, time_limit)


def _prepare_retry(request: HttpRequest, state: RetryCallState) -> None:
    log.warning("%s Trying again.", state.outcome and state.outcome.exception())
    # httplib2 would go on with a connection that broke while the request was sent.
    request.http.close()


def _send_in_time(request: HttpRequest, time_limit: float) -> ResponseBody:
    try:
        return within(time_limit, "google call", _send_once, request)
    except TimeoutError:
        # The thread that is left behind keeps its connection: to close that would wait for it.
        request.http.http.connections = {}
        raise GoogleUnavailable(
            f"Google did not answer within {time_limit:g} seconds. If it goes on, check what "
            "stands between this machine and Google."
        ) from None


def _send_once(request: HttpRequest) -> ResponseBody:
    try:
        with google_errors():
            body = request.execute()
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as error:
        # Of the client, or of its login: bytes that are no text, JSON of another shape or too deep.
        raise GoogleUnavailable(
            f"Google answered something that cannot be read ({type(error).__name__}). If it goes "
            "on, look for what stands between this machine and Google."
        ) from None
    if isinstance(body, dict):
        return body
    if body == "":  # 204: the call has no response body
        return {}
    # The client hands over a page of HTML as text, without complaint.
    raise GoogleUnavailable(
        "Google answered something that is not JSON. If it goes on, look for what stands between "
        "this machine and Google, such as a proxy with a login page."
    )
