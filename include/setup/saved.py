"""Connections in Airflow's database, and one that is tried before it is saved."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from airflow.models.connection import Connection
from airflow.utils.session import create_session
from sqlalchemy import delete, select

Fields = dict[str, Any]
"""A connection in Airflow's JSON form: ``conn_type``, ``host``, ..., ``extra`` as a dict."""


def saved(conn_id: str) -> Fields:
    """Return the connection of this id; empty if there is none."""
    with create_session() as session:
        found = session.scalar(select(Connection).where(Connection.conn_id == conn_id))
        if not found:
            return {}
        names = ("conn_type", "host", "port", "login", "password")
        return {name: getattr(found, name) for name in names} | {"extra": found.extra_dejson}


def save(conn_id: str, fields: Fields) -> None:
    """Make the connection, in place of one of the same id: both or nothing."""
    columns = fields | {"extra": json.dumps(fields["extra"])}
    with create_session() as session:
        session.execute(delete(Connection).where(Connection.conn_id == conn_id))
        session.add(Connection(conn_id=conn_id, **columns))


@contextmanager
def tried_as(conn_id: str, fields: Fields) -> Iterator[None]:
    """Let hooks find this connection until the block ends, as Airflow's Test button does."""
    name = variable(conn_id)
    before = os.environ.get(name)
    os.environ[name] = json.dumps(fields)
    try:
        yield
    finally:
        del os.environ[name]
        os.environ.update({name: before} if before else {})


def variable(conn_id: str) -> str:
    """Return the environment variable that may hold the connection; it outdoes the database."""
    return f"AIRFLOW_CONN_{conn_id.upper()}"
