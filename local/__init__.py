"""An Airflow on this machine alone: its components, its database, and what starts them again."""
