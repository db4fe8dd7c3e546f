"""Tables in, Sheets requests out: pure functions over dicts."""
