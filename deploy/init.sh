#!/usr/bin/env bash
# Makes the database fit this Airflow, and its first user. Runs at every start and may be repeated.
set -euo pipefail

if [ "$AIRFLOW__CORE__EXECUTOR" = CeleryExecutor ]; then
    python deploy/wait_for_broker.py
fi
airflow db migrate
# The password comes by standard input: arguments are shown in lists of processes.
printf '%s\n' "$ADMIN_PASSWORD" "$ADMIN_PASSWORD" | airflow users create --role Admin \
    --username "$ADMIN_USER" --email "$ADMIN_EMAIL" --firstname Airflow --lastname Admin
