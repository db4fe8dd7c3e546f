"""Which sessions a run takes: its window, the days of the class, the meeting's own sessions."""
