#!/bin/sh
# What a newcomer does with the installed package, in a system without a network: opens a document with the window, asks on
# the command line, and gets an answer whose quote stands on a page.
set -eu
export LANG=C.UTF-8 DISPLAY=:9 NO_AT_BRIDGE=1 DBUS_SESSION_BUS_ADDRESS=disabled:

fail() { echo "$1" >&2; exit 1; }

until_true() {
    seconds=0
    until "$@" >/dev/null 2>&1; do
        seconds=$((seconds + 1))
        [ "$seconds" -le 120 ] || fail "waited in vain for: $*"
        sleep 1
    done
    echo "after $seconds s: $*"
}

Xvfb "$DISPLAY" -screen 0 1280x900x24 -nolisten tcp >/dev/null 2>&1 &
until_true test -S /tmp/.X11-unix/X9

cp "/usr/lib/Footnote/sample/Restoration report.pdf" "$HOME/report.pdf"
footnote-desktop "$HOME/report.pdf" &
window=$!
is_listed() { footnote list | grep -q report.pdf; }
until_true is_listed
counted() { footnote status --json | grep -o "\"$1\": *[0-9]*" | head -n 1 | tr -dc 0-9; }
is_embedded() { [ "$(counted vectors)" = "$(counted chunks)" ]; }
until_true is_embedded
# A window that could not be shown would have ended.
sleep 2
kill -0 "$window" || fail "the window has ended by itself"

footnote status
answer=$(footnote ask --json "How much did the restoration cost in all?")
echo "$answer" | grep -q '"quote"' || fail "the answer cites nothing: $answer"
echo "$answer" | grep -q 'report.pdf' || fail "the answer does not cite the document: $answer"
kill "$window"
