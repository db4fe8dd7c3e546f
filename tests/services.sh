#!/usr/bin/env bash
# Installs the servers and the browser that some tests need, from Debian's or Ubuntu's packages.
# Only root installs (a container, a CI machine): elsewhere it says what is missing.
set -euo pipefail

plugin=/usr/local/lib/docker/cli-plugins/docker-compose

# Debian 12 has Compose v1 alone; v2 comes out of the next release's package.
compose_v2() (
    cd "$(mktemp -d)"
    trap 'rm -r "$PWD"' EXIT
    mkdir -p sources lists/partial
    sed s/bookworm/trixie/g /etc/apt/sources.list.d/debian.sources >sources/trixie.sources
    apt="apt-get -qq -o Acquire::Languages=none -o APT::Sandbox::User=root
        -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=$PWD/sources
        -o Dir::State::Lists=$PWD/lists"
    $apt update && $apt download docker-compose && dpkg-deb --extract docker-compose_*.deb . &&
        install -D usr/libexec/docker/cli-plugins/docker-compose "$plugin"
)

missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need chromium chromium
need docker-compose docker-compose
need redis-server redis-server

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    [ ${#missing[@]} = 0 ] ||
        echo "Not installed, so the tests that need them are skipped: ${missing[*]}"
    exit 0
fi

if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if grep -q bookworm /etc/os-release && [ ! -x "$plugin" ]; then
    echo "Installing for the tests: Compose v2"
    compose_v2 || echo "Compose v2 could not be installed: its tests are skipped"
fi
