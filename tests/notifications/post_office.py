"""A mail server on this machine that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from sandbox.stack import HOST, free_port

SENDER = "airflow@example.org"


class PostOffice(MessageHandler):
    """Keeps every mail in the order of arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


def subject_of(mail: Message) -> str:
    return str(make_header(decode_header(mail["Subject"])))


def text_of(mail: Message) -> str:
    """Return the one part of a mail, HTML."""
    (part,) = mail.get_payload()
    assert part.get_content_type() == "text/html"
    return part.get_payload(decode=True).decode()


def connection(port: int) -> dict[str, Any]:
    """Return Airflow's connection to a mail server on this machine, in Airflow's JSON form."""
    extra = {"disable_ssl": True, "disable_tls": True, "from_email": SENDER}
    return {"conn_type": "smtp", "host": HOST, "port": port, "extra": extra}


@contextmanager
def open_office(**settings: Any) -> Iterator[tuple[PostOffice, int]]:
    """Run a mail server until the block ends; yields what it keeps and its port.

    :param settings: of aiosmtpd's SMTP.
    """
    office, port = PostOffice(), free_port()
    server = Controller(office, hostname=HOST, port=port, **settings)
    server.start()
    try:
        yield office, port
    finally:
        server.stop()
