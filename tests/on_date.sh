#!/usr/bin/env bash
# Runs tests with the clock set to another day, as: tests/on_date.sh 2028-02-29 [pytest's arguments]
# Needs Linux and a C compiler.
set -euo pipefail
cd "$(dirname "$0")/.."

day=${1:?which day?}
shift
library=$PWD/.venv/lib/shifted_clock.so
cc -O2 -shared -fPIC -o "$library" tests/shifted_clock.c -ldl

# A shift and not a moment, so that all processes of a test have the same clock.
CLOCK_SHIFT=$(($(date -ud "$day $(date -u +%T)" +%s) - $(date +%s)))
export CLOCK_SHIFT LD_PRELOAD=$library
exec .venv/bin/python -m pytest "$@"
