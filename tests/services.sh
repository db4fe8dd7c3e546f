#!/usr/bin/env bash
# Installs the servers and the browser that some tests need, from Debian's or Ubuntu's packages.
# Only root installs (a container, a CI machine): elsewhere it says what is missing.
set -euo pipefail

declare -A PACKAGES=(
    [chromium]=chromium
    [redis-server]=redis-server
    [docker-compose]=docker-compose
    [pg_ctlcluster]=postgresql
)

missing=()
for program in "${!PACKAGES[@]}"; do
    command -v "$program" >/dev/null || missing+=("${PACKAGES[$program]}")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "Not installed, so the tests that need them are skipped: ${missing[*]}"
fi
