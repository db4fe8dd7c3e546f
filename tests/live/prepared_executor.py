"""Airflow's LocalExecutor, whose tasks find the large libraries imported.

Each task is a fork of the scheduler, and would import them anew: most of its time.
"""

from __future__ import annotations

from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

from tests.large_libraries import LARGE


class PreparedExecutor(LocalExecutor):
    """The same, but for what is imported before its workers are forked."""

    def start(self) -> None:
        for name in LARGE:
            import_module(name)
        super().start()
