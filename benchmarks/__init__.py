"""Measurements against the project's bars, beside what people would use instead: ``make bench``."""

import os

# Where Python may not keep what it has compiled, each process compiles all that it imports anew.
# `make` says so to Airflow's processes; a part that is called by itself would measure the compiler.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
