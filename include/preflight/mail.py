"""The mail server, where a meeting's entry says whom to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from airflow.sdk.exceptions import AirflowNotFoundException

from include.meetings import Meeting
from include.notifications.mail import CONNECTION
from include.preflight.lines import Line, carried_out, ok, warning

FIX_IT = "docs/operating.md, under 'Mails', has the fields for Admin > Connections."


def mail_lines(meetings: Iterable[Meeting]) -> Iterator[Line]:
    """Check the mail server if anybody is to be told. Reports need none: at worst a warning."""
    if any(meeting.notify for meeting in meetings):
        yield carried_out("Mails", _log_in)


def _log_in() -> Line:
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
    return warning(f"Mails: none will be sent, for {cause}. {FIX_IT}")
