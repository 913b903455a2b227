#!/bin/sh
# What a fresh machine lacks: "venv" makes .venv, "browser" and "mail" see that there is what the
# tests want. Debian's packages are installed when this may be done, and none is removed for them;
# otherwise what is missing is said.
set -eu

missing() {
    echo "Missing: $1. Install it with: apt-get install $2" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install() {
    { command -v apt-get && as_root true; } >/dev/null 2>&1 || return 1
    echo "Installing $* ..."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends --no-remove "$@" >/dev/null
}

# The same for a server, which is not to run as a service of this machine.
install_stopped() {
    policy=/usr/sbin/policy-rc.d  # Debian asks it whether a service may be started
    if ! [ -e "$policy" ]; then
        trap 'as_root rm -f "$policy"' EXIT
        trap 'exit 1' HUP INT TERM
        printf '#!/bin/sh\nexit 101\n' | as_root sh -c "cat >$policy && chmod 755 $policy" || return 1
    fi
    install "$1" && as_root update-rc.d "$2" disable
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
mail)
    command -v spamassassin >/dev/null 2>&1 ||
        install spamassassin || missing "SpamAssassin" "spamassassin"
    if ! [ -e /usr/sbin/dovecot ]; then
        install_stopped dovecot-imapd dovecot || missing "Dovecot" "dovecot-imapd"
    fi
    [ -e /usr/lib/dovecot/imap ] || install dovecot-imapd || missing "IMAP" "dovecot-imapd"
    if [ -e /usr/lib/postfix/sbin/master ]; then
        :
    elif [ -e /usr/sbin/sendmail ]; then
        echo "Not installed: Postfix, which would take the place of this machine's mail server." \
            "Tests that send messages are left out." >&2
    else
        # It is asked what it is for; without an answer here, it would begin to listen.
        echo "postfix postfix/main_mailer_type select No configuration" |
            as_root debconf-set-selections 2>/dev/null || true
        install_stopped postfix postfix || missing "Postfix" "postfix"
    fi
    ;;
esac
