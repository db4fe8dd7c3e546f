"""Google Sheets and Drive behind Airflow's Google connection: a call with a time limit, errors."""
