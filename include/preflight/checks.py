"""The checks in their order: what all meetings share, then what one meeting needs.

Shared are the meetings' files, the places of staged files and attendance records, the webhook's
secret, and the mail server if any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from include.meeting import Meeting, read_meetings
from include.notifications.mail import CONNECTION
from include.pipeline.files.storage import StorageFolder
from include.pipeline.files.storage_faults import RECORDS, STAGED_FILES, StoredFiles
from include.pipeline.mistakes_bundle import is_configured, mistakes
from include.pipeline.settings import meetings_folder, records_url, staging_url
from include.preflight.google import google_lines
from include.preflight.lines import Line, carried_out, not_ok, ok, warning
from include.preflight.zoom import zoom_lines
from zoom_provider.account import webhook_secret
from zoom_provider.hooks.zoom import ZoomHook

SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
"""The form of those that were seen. Zoom documents none, so another form is only a warning. Half of
one is what a double click on it copies, which stops at a ``-``."""

COPY_SECRET = (
    "Copy the Secret Token from the Feature page of the Zoom app into 'Webhook secret token' "
    "under Admin > Connections, or empty the field if you do not use the webhook."
)

NOT_SHOWN = (
    "Meetings: Airflow's start page shows no mistakes in their files, for "
    "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST does not name the bundle for them. "
    "docs/operating.md has it, under 'In an Airflow you already have'."
)

MAIL_FIELDS = "docs/operating.md, under 'Mails', has the fields for Admin > Connections."


def shared_lines() -> Iterator[Line]:
    """Yield a line for each check of what all meetings share."""
    meetings = read_meetings(meetings_folder())[0]
    yield from _file_lines(meetings, list(chain.from_iterable(mistakes().values())))
    if not is_configured():
        yield warning(NOT_SHOWN)
    yield _storage_line(staging_url(), STAGED_FILES)
    yield _storage_line(records_url(), RECORDS)
    yield webhook_line()
    yield from mail_lines(meetings)


def meeting_lines(meeting: Meeting) -> Iterator[Line]:
    """Check what one meeting needs; every check runs, whatever those before it found."""
    yield from zoom_lines(meeting)
    yield from google_lines(meeting)


def _file_lines(meetings: list[Meeting], mistakes: list[str]) -> Iterator[Line]:
    yield from map(not_ok, mistakes)
    if not meetings and not mistakes:
        yield not_ok(f"Meetings: there is no file in {meetings_folder()} yet. Describe a meeting.")
    elif not mistakes:
        yield ok(f"Meetings: no mistakes in {len(meetings)} file(s).")


def _storage_line(url: str, files: StoredFiles) -> Line:
    name = f"{files.what[0].upper()}{files.what[1:]}"

    def write_and_remove() -> Line:
        StorageFolder(url, "", files).try_to_write()
        return ok(f"{name}: their place takes files.")

    return carried_out(name, write_and_remove)


def webhook_line() -> Line:
    """Check the secret, as far as that can be done without Zoom.

    A wrong one is a warning: the weekly run needs none.
    """
    return carried_out("Webhook", _check_secret)


def _check_secret() -> Line:
    conn = ZoomHook.get_connection(ZoomHook.default_conn_name)
    if not conn.extra_dejson.get("webhook_secret"):
        return ok(
            "Webhook: off, for the connection has no secret token. The weekly run needs none."
        )
    secret = webhook_secret(conn)
    if not secret:
        return warning(f"Webhook: off, for its secret token is nothing but blanks. {COPY_SECRET}")
    if name := _other_field(conn, secret):
        return warning(f"Webhook: its secret token is the app's {name}. {COPY_SECRET}")
    if not SECRET_TOKEN.fullmatch(secret):
        return warning(
            "Webhook: its secret token is unlike those that Zoom is known to show, which are 22 "
            f"letters, digits, - and _ without blanks. {COPY_SECRET}"
        )
    return ok(
        "Webhook: there is a secret token. Whether it is this app's, Zoom tells when you press "
        "Validate."
    )


def _other_field(conn: Connection, value: str) -> str | None:
    """Name the field of the connection that holds this value, too."""
    fields = {
        "client id": conn.login,
        "client secret": conn.password,
        "account id": conn.extra_dejson.get("account_id"),
    }
    return next((name for name, held in fields.items() if value == (held or "").strip()), None)


def mail_lines(meetings: Iterable[Meeting]) -> Iterator[Line]:
    """Check the mail server if a meeting has `notify`. Reports need none: at worst a warning."""
    if any(meeting.notify for meeting in meetings):
        yield carried_out("Mails", _log_in_to_mail)


def _log_in_to_mail() -> Line:
    # Not at the top: few runs mail anything.
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    try:
        SmtpHook.get_connection(CONNECTION)
        with SmtpHook(CONNECTION) as hook:
            sender = hook.from_email
    except AirflowNotFoundException:
        return _none_sent(f"there is no connection {CONNECTION}")
    except Exception as error:
        # The class only: a mail server's answer quotes addresses.
        return _none_sent(f"the mail server takes no login ({type(error).__name__})")
    if not sender:
        return _none_sent("the connection has no 'From email'")
    return ok("Mails: the mail server takes the login.")


def _none_sent(cause: str) -> Line:
    return warning(f"Mails: none will be sent, for {cause}. {MAIL_FIELDS}")
