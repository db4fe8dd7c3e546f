"""What tasks take longest to import: a process that forks many tasks may have it already.

That each task imports what it needs is seen where nothing is imported before: in tests/local, and
with the LocalExecutor in tests/workers.
"""

from __future__ import annotations

LARGE = [
    "airflow.providers.google.suite.hooks.drive",
    "airflow.providers.google.suite.hooks.sheets",
    "pandas",
    "pyarrow.parquet",
]
