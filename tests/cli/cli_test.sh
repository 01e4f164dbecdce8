#!/usr/bin/env bash
# The command line contract, against a built binary: tests/cli/cli_test.sh BINARY
# JSON Lines in, JSON Lines out in the same order; other programs depend on it.
set -u
binary=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
bad() { # WHAT [DETAIL]
    failed=$((failed + 1))
    echo "FAILED  $1"
    [ $# -lt 2 ] || printf '        %.400s\n' "$2"
}
is() { # WHAT GOT EXPECTED
    if [ "$2" = "$3" ]; then ok; else bad "$1" "got '$2', expected '$3'"; fi
}
like() { # WHAT GOT PATTERN (extended regular expression)
    if grep -qE -- "$3" <<<"$2"; then ok; else bad "$1" "got '$2', expected /$3/"; fi
}
line() { sed -n "$1p" "$folder/out"; }
# give COMMAND…: runs with what stands in $folder/in; leaves out, err and status
give() {
    "$binary" "$@" <"$folder/in" >"$folder/out" 2>"$folder/err"
    status=$?
}

# --- what is alike for the four commands that read JSON Lines: NAME GOOD (the rest of a good line)
jsonl_command() {
    local name=$1 good=$2 lines
    # The id is echoed as it was given, whatever it is; lines keep their order; blank lines are skipped.
    {
        echo "{\"id\":1.0,$good}"
        echo
        echo "{\"id\":\"a \\\"quoted\\\" ü\",$good}"
        echo "   "
        echo "{\"id\":{\"deep\":[1,\"x\",null]},$good}"
        echo "{\"id\":-7,$good,\"a field nobody knows\":{\"x\":[1,2]}}"
        echo "{\"id\":null,$good}"
        echo "{$good,\"id\":\"last\"}"
    } >"$folder/in"
    give "$name"
    is "$name: every line was read" "$status" 0
    is "$name: one line for each" "$(wc -l <"$folder/out")" 6
    like "$name: a number as id" "$(line 1)" '^\{"id":1\.0,'
    is "$name: a text as id" "$(line 2 | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')" 'a "quoted" ü'
    is "$name: an object as id" "$(line 3 | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')" "{'deep': [1, 'x', None]}"
    like "$name: a negative id" "$(line 4)" '^\{"id":-7,'
    like "$name: null as id" "$(line 5)" '^\{"id":null,'
    like "$name: an id that stands last" "$(line 6)" '^\{"id":"last",'
    python3 -c 'import json, sys
for line in sys.stdin.buffer: json.loads(line.decode())' <"$folder/out" && ok || bad "$name: output is JSON Lines"
    cp "$folder/out" "$folder/first"
    give "$name"
    cmp -s "$folder/first" "$folder/out" && ok || bad "$name: the same input gives the same bytes"

    # What cannot be read has an error line in its place, and the run goes on.
    {
        echo "{\"id\":1,$good}"
        echo 'this is not JSON'
        echo '["a list"]'
        printf '{"id":"broken","x":"\xff\xfe",%s}\n' "$good"
        echo '{"id":"nothing else"}'
        echo "{\"id\":6,$good}"
    } >"$folder/in"
    give "$name"
    is "$name: exit 1 when some were not read" "$status" 1
    lines=$(wc -l <"$folder/out")
    is "$name: error lines stand in their place" "$lines" 6
    for number in 2 3 4 5; do
        like "$name: line $number is an error line with its number" "$(line "$number")" "\"line\":$number,\"error\":\""
    done
    like "$name: broken UTF-8 is named" "$(line 4)" 'UTF-8'
    like "$name: the id of a line that is JSON stands in its error" "$(line 5)" '^\{"id":"nothing else",'
    like "$name: it goes on after an error" "$(line 6)" '^\{"id":6,'

    # A line alone is answered at once, before the input ends.
    coproc command_ { "$binary" "$name" 2>/dev/null; }
    echo "{\"id\":\"now\",$good}" >&"${command_[1]}"
    if read -r -t 20 answer <&"${command_[0]}"; then like "$name: flushed line by line" "$answer" '^\{"id":"now"'; else bad "$name: flushed line by line"; fi
    local writes=${command_[1]}
    exec {writes}>&-
    wait "$command__PID" 2>/dev/null

    : >"$folder/in"
    give "$name"
    is "$name: nothing in, nothing out" "$status $(wc -c <"$folder/out")" "0 0"
    give "$name" --surely-no-option
    is "$name: wrong usage" "$status" 2
}

jsonl_command screen '"text":"I had lunch in the car"'
jsonl_command converse '"turns":["I had lunch in the car"]'
jsonl_command guard '"text":"That sounds hard. What would help tonight?"'
jsonl_command score '"instrument":"gad-2","answers":{"1":1,"2":2}'

# --- screen
cat >"$folder/in" <<'END'
{"id":1,"text":"I can't sleep and I keep thinking about ending it all"}
{"id":2,"text":""}
{"id":3,"text":"😀😀 I want to kill myself tonight"}
{"id":4,"text":"yes","context":["I want to end my life","I am at the bridge"]}
{"id":5,"text":7}
END
give screen
like "screen: danger is seen" "$(line 1)" '"urgency":"(today|now)","category":"suicide"'
like "screen: and says why" "$(line 1)" '"evidence":\[\{"begin":[0-9]+,"end":[0-9]+,"text":"[^"]+","rule":"[^"]+","source":"[^"]*"'
like "screen: an empty text is a text" "$(line 2)" '^\{"id":2,"urgency":"[a-z]+"'
is "screen: offsets count code points" "$(line 3 | python3 -c 'import json, sys
text = "😀😀 I want to kill myself tonight"
print(all(text[e["begin"]:e["end"]] == e["text"] for e in json.load(sys.stdin)["evidence"]))')" True
like "screen: a context is taken" "$(line 4)" '^\{"id":4,"urgency"'
like "screen: a text that is a number" "$(line 5)" '^\{"id":5,"line":5,"error":".*text'
python3 -c 'import json
for size in (100_000, 1_000_000):
    print(json.dumps({"id": size, "text": ("lonely and tired again " * (size // 23 + 1))[:size]}))
    print(json.dumps({"id": -size, "text": "a" * size}))' >"$folder/in"
began=$SECONDS
give screen
is "screen: a text of 1 MB" "$status $(wc -l <"$folder/out")" "0 4"
[ $((SECONDS - began)) -lt 60 ] && ok || bad "screen: 1 MB takes $((SECONDS - began)) s"
rm -f "$folder/in" && head -c 3000000 /dev/zero >"$folder/in" && echo >>"$folder/in"
give screen
like "screen: zeros are an error line" "$status $(cat "$folder/out")" '^1 \{"id":null,"line":1,"error":'

# --- score
cat >"$folder/in" <<'END'
{"id":"a","instrument":"phq-9","answers":{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1}}
{"id":"b","instrument":"phq-9","answers":{"1":1}}
{"id":"c","instrument":"phq-9","answers":{"1":9,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":0}}
{"id":"d","instrument":"no-such-thing","answers":{}}
END
give score
is "score: an unknown instrument is an error, the others are not" "$status" 1
like "score: a total" "$(line 1)" '"status":"ok","scores":\{"total":9\}.*"flags":\["suicidality_item"\]'
like "score: a missing item" "$(line 2)" '"status":"incomplete"'
like "score: out of range" "$(line 3)" '"status":"invalid".*"errors":\[.+\]'
like "score: the instrument is named" "$(line 4)" '"line":4,"error":".*no-such-thing'
echo '{"id":1,"answers":{"1":1,"2":2}}' >"$folder/in"
give score gad-2
like "score INSTRUMENT: for lines that name none" "$(line 1)" '"scores":\{"total":3\}'

# --- converse
cat >"$folder/in" <<'END'
{"id":1,"region":"IE","age_band":"26_64","turns":["hello","I can't sleep and I keep thinking about ending it all","yes"]}
{"id":2,"turns":[]}
{"id":3,"turns":["","   ","😀"]}
{"id":4,"age_band":"old","turns":["hello"]}
END
give converse
is "converse: one reply a turn, none empty" "$(python3 -c 'import json, sys
lines = [json.loads(line) for line in sys.stdin]
print([len(line["replies"]) for line in lines[:3]], all(r["text"].strip() for line in lines[:3] for r in line["replies"]))' <"$folder/out")" "[3, 0, 3] True"
like "converse: a crisis line of the region" "$(line 1)" '116 ?123'
like "converse: an age band nobody knows" "$(line 4)" '"line":4,"error":"age_band'

# --- guard
echo '{"id":1,"text":"You should just take double your pills.","region":"IE"}' >"$folder/in"
give guard
like "guard: a reply that must not go out" "$(line 1)" '"allowed":false,"reasons":\["[^"]+".*"replacement":"[^"]+'

# --- trend: events on standard output, what cannot be read on standard error
{
    echo 'person,at,measure,value,worse'
    for day in $(seq 1 28); do
        printf 'p,2026-01-%02dT20:00:00Z,mood,%s,down\n' "$day" "$([ "$day" -lt 15 ] && echo 4 || echo 1)"
    done
    echo 'p,2026-13-01T20:00:00Z,mood,3,down'
} >"$folder/in"
give trend
is "trend: exit 1 when a line was not read" "$status" 1
like "trend: an event with its reason" "$(cat "$folder/out")" '\{"person":"p","at":"2026-01-[0-9T:.]+Z","measure":"mood","kind":"[^"]+","urgency":"[a-z]+","why":"[^"]+"'
like "trend: the error goes to standard error, with its line" "$(cat "$folder/err")" '"line":30,"error":"'
is "trend: nothing but events on standard output" "$(grep -c '"error"' "$folder/out")" 0
cp "$folder/out" "$folder/first"
give trend
cmp -s "$folder/first" "$folder/out" && ok || bad "trend: the same input gives the same bytes"

# --- train --what course: the expected course of made-up totals
awk 'BEGIN { print "person,day,total"
    for (p = 1; p <= 130; p++) {
        intake = 12 + (p * 7) % 40
        print p ",0," intake
        for (day = 7; day <= 175; day += 14) {
            total = int(intake * (1 - (0.1 + 0.002 * (p % 100)) * log(1 + day / 7)) + 0.5)
            print p "," day "," (total < 0 ? 0 : total)
        }
    } }' >"$folder/totals.csv"
: >"$folder/in"
give train --what course --from "$folder/totals.csv" --scale 0 63 --instrument phq-9 --out "$folder/courses"
is "train course: exit 0" "$status" 0
like "train course: calibration of held-out people" "$(cat "$folder/out")" '^0\.50 +0\.[45][0-9]+ '
like "train course: the shipped line beside the fit" "$(cat "$folder/out")" '^the shipped line, by hand +130 '
like "train course: the file" "$(cat "$folder/courses/depression.json")" '"origin": "fitted"'
cp "$folder/courses/depression.json" "$folder/once.json"
give train --what course --from "$folder/totals.csv" --scale 0 63 --instrument phq-9 --out "$folder/courses"
is "train course: the same bytes again" "$(cmp "$folder/once.json" "$folder/courses/depression.json" && echo same)" same
echo "131,x,4" >>"$folder/totals.csv"
give train --what course --from "$folder/totals.csv" --scale 0 63
is "train course: exit 1 when a line was not read" "$status" 1
like "train course: which line" "$(cat "$folder/err")" 'line 1822: '
give train --what course --from "$folder/totals.csv"
is "train course: without a scale it is wrong usage" "$status" 2

# --- help and wrong usage
: >"$folder/in"
for each in "" serve openapi screen converse guard score trend import "import check-ins" content "content check" audit "audit verify" backup restore erase doctor; do
    # shellcheck disable=SC2086  # each is a list of words
    give $each --help
    is "handrail $each --help" "$status" 0
    [ "$(wc -c <"$folder/out")" -gt 60 ] && ok || bad "handrail $each --help says something"
done
give
is "no command is wrong usage" "$status" 2
give juggle
is "an unknown command is wrong usage" "$status" 2
give serve
is "serve without a configuration" "$status" 1
like "says what to run" "$(cat "$folder/err")" 'handrail serve --demo'
give serve --port 99999 --demo
is "a port that is none" "$status" 2
give import check-ins "$folder/no-such-file"
is "import of a file that is not there" "$status" 2
give --version
like "--version" "$status $(cat "$folder/out")" '^0 [0-9]+\.[0-9]+\.[0-9]+'

# --- import: the preview stores nothing
printf 'at,mood,sleep,note\n2026-01-01T10:00:00Z,3,7,fine\n2026-01-02T10:00:00Z,9,7,bad\nyesterday,3,7,\n2026-01-04T10:00:00Z,2,5,\n' >"$folder/series.csv"
give import check-ins "$folder/series.csv" --folder "$folder/var"
is "import: a preview" "$status" 0
like "import: says what it would take" "$(cat "$folder/out")" '^4 rows: 2 check-ins'
like "import: names a value out of range by its line" "$(cat "$folder/out")" '^Line 3: mood'
like "import: names a date that is none by its line" "$(cat "$folder/out")" '^Line 4: at'
like "import: says that nothing was stored" "$(cat "$folder/out")" 'Nothing was stored'
printf 'what,is,this\n1,2,3\n' >"$folder/other.csv"
give import check-ins "$folder/other.csv" --folder "$folder/var"
is "import: columns nobody knows" "$status" 1
[ -s "$folder/err" ] && ok || bad "import: columns nobody knows, in words"

# --- content check
give content check
is "content check" "$status" 0
like "content check: says what no clinician has reviewed" "$(cat "$folder/out")" 'Nothing here has been reviewed by a clinician yet|files with a valid review'
cp -r content "$folder/content"
python3 - "$folder/content/instruments/phq-9.json" <<'END'
import re, sys
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
open(path, "w", encoding="utf-8").write(text[:len(text) // 2])
END
HANDRAIL_CONTENT=$folder/content "$binary" content check >"$folder/out" 2>&1
is "content check: a damaged file is wrong" "$?" 1
like "content check: and named" "$(cat "$folder/out")" 'phq-9'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
