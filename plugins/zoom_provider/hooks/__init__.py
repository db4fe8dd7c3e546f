"""Airflow hooks: `zoom.ZoomHook`."""
