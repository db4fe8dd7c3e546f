"""Telling people: mails about a failure, a new report, a report that is late."""
