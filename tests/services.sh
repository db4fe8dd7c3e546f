#!/usr/bin/env bash
# Installs the servers and the browser that some tests need, from Debian's or Ubuntu's packages.
# Only root installs (a container, a CI machine): elsewhere it says what is missing.
set -euo pipefail

missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need chromium chromium
need docker-compose docker-compose
need pg_ctlcluster postgresql
need redis-server redis-server
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "Not installed, so the tests that need them are skipped: ${missing[*]}"
fi
