#!/usr/bin/env bash
# Runs tests with the clock set to another day, as: tests/on_date.sh 2028-02-29 [pytest's arguments]
# Needs libfaketime, in Debian's and Ubuntu's package faketime.
set -euo pipefail
cd "$(dirname "$0")/.."

day=${1:?which day?}
shift
library=$(compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' | head -n 1) || true
if [ -z "$library" ]; then
    echo "libfaketime is not installed: apt-get install faketime" >&2
    exit 1
fi
# An offset and not a moment, so that all processes of a test have the same clock.
offset=$(($(date -ud "$day $(date -u +%T)" +%s) - $(date +%s)))
export FAKETIME="$offset" FAKETIME_DONT_FAKE_MONOTONIC=1 LD_PRELOAD="$library"
[ "$offset" -lt 0 ] || FAKETIME="+$offset"
exec .venv/bin/python -m pytest "$@"
