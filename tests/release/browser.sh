#!/usr/bin/env bash
# browser.sh BINARY person|staff|story|own_check_in|first|close|share|not_kept [SHIM]: runs a browser test against a demo of its own. With libfailing_disk.so
# as SHIM the test orders what its disk does, by writing to the file HANDRAIL_DISK_ORDER (failing_disk.cpp).
set -u
binary=$(realpath "$1") spec=$2 shim=${3:+$(realpath "$3")}
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top/web" || exit 1
[ -f dist/index.html ] || { echo "The web page is not built: tools/build_web" >&2; exit 1; }
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || { echo "There is no Chromium: tools/install build test" >&2; exit 1; }
major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
[ "${major:-0}" -ge 20 ] || export PATH="$PWD/node_modules/node/bin:$PATH"

folder=$(mktemp -d)
server= mail=
finish() {
    [ -n "$mail" ] && kill "$mail" 2>/dev/null
    [ -n "$server" ] && kill -INT "$server" 2>/dev/null && wait "$server"
    rm -rf "$folder"
}
trap finish EXIT
disk=()
if [ -n "$shim" ]; then
    export HANDRAIL_DISK_ORDER=$folder/order
    disk=(env "LD_PRELOAD=$shim" "FAILING_DISK=$folder/var" "FAILING_DISK_ORDER=$HANDRAIL_DISK_ORDER")
fi
config=()
if [ "$spec" = close ]; then # letters go to a stand-in, at any hour
    export HANDRAIL_LETTERS=$folder/letters
    touch "$HANDRAIL_LETTERS"
    node tests/browser/smtp_stand_in.mjs "$HANDRAIL_LETTERS" >"$folder/mail_port" &
    mail=$!
    for _ in $(seq 100); do [ -s "$folder/mail_port" ] && break; sleep 0.1; done
    printf '[mail]\nserver = "smtp://127.0.0.1:%s"\ntls = false\nfrom = "handrail@service.example"\n[reminders]\nquiet_from = 0\nquiet_to = 0\n' \
        "$(cat "$folder/mail_port")" >"$folder/handrail.toml"
    config=(--config "$folder/handrail.toml")
fi
(cd "$top" && exec "${disk[@]}" "$binary" serve --demo "${config[@]}" --port 0 --folder "$folder/var") >"$folder/said" 2>"$folder/log" &
server=$!
for _ in $(seq 1800); do
    grep -q 'Ctrl-C stops it' "$folder/said" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/said" "$folder/log"; server=; exit 1; }
    sleep 0.1
done
HANDRAIL_URL=$(grep -oE 'http://[0-9.]+:[0-9]+' "$folder/said" | head -n 1)
export HANDRAIL_URL
node "tests/browser/$spec.spec.mjs"
result=$?
if [ "$result" -ne 0 ]; then
    echo "What the server noted:"
    tail -n 20 "$folder/log"
fi
exit "$result"
