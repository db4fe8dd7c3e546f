"""Python imports this at its start: the names of all modules that are imported go to a file."""

import os
import sys


def _log_imports(path):
    known = set()
    file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)

    def note(event, arguments):
        if event == "import" and arguments[0] not in known:
            known.add(arguments[0])
            os.write(file, f"{arguments[0]}\n".encode())

    sys.addaudithook(note)


if "IMPORT_LOG" in os.environ:
    _log_imports(os.environ["IMPORT_LOG"])
