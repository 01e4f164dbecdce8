#!/usr/bin/env bash
# drawing_test.sh SOURCE_DIR: only storage's own implementations, trust, app and the tests may see the store itself;
# only src/sqlite and src/postgres include their database's header; Beast stays inside src/http.
set -u
cd "$1/src" || exit 1
failed=0
deny() { # deny WHAT PATTERN FOLDER…: no file of these folders matches
    local what=$1 pattern=$2 found
    shift 2
    found=$(grep -rlE "$pattern" "$@" 2>/dev/null)
    if [ -n "$found" ]; then
        echo "$what:"
        echo "$found"
        failed=1
    fi
}
deny "A service names storage" '#include "(storage|sqlite|postgres)/' care support monitoring errands http content nlp domain base rows
deny "sqlite3.h outside src/sqlite" '#include [<"]sqlite3' $(ls -d ./*/ | grep -v sqlite)
deny "libpq outside src/postgres" '#include [<"]libpq' $(ls -d ./*/ | grep -v postgres)
deny "Beast or Asio outside src/http" '#include <boost/(beast|asio)' $(ls -d ./*/ | grep -v http)
deny "An Actor is made outside trust" 'Actor\{' $(ls -d ./*/ | grep -v trust)
exit $failed
