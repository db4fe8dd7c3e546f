"""Faults at every place of a run: does the sheet come out the same, or an error that tells?"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Airflow reads its settings when it is first imported.
HOME = tempfile.mkdtemp(prefix="faults-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["AIRFLOW_HOME"] = HOME
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
