#!/bin/sh
# What a fresh machine lacks: "venv" makes .venv, "browser" sees that there is one for the tests.
# Debian's packages are installed when this may be done; otherwise what is missing is said.
set -eu

missing() {
    echo "Missing: $1. Install it with: apt-get install $2" >&2
    exit 1
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        return 1
    fi
    echo "Installing $* ..."
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

case "$1" in
venv)
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "Python 3.11 or newer is needed; this is $(python3 --version)." >&2
        exit 1
    }
    if ! python3 -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        install python3-venv || missing "python3-venv" "python3-venv"
        python3 -m venv .venv
    fi
    ;;
browser)
    # Playwright, which drives Chromium, brings a program that wants libatomic.
    { command -v chromium && python3 -c 'import ctypes; ctypes.CDLL("libatomic.so.1")'; } \
        >/dev/null 2>&1 ||
        install chromium fonts-liberation libatomic1 ||
        missing "the browser Chromium, or libatomic" "chromium libatomic1"
    ;;
esac
