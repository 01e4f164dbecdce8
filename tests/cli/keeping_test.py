#!/usr/bin/env python3
"""Keeping a service, against a built binary: tests/cli/keeping_test.py BINARY [--keep FOLDER]

What was written is sealed: marks of 24 random bytes go into every field that takes free text, and none of them stands in
any file or in the log. A backup is made while people write, opens, and is refused with one bit changed. `audit verify` finds
what was changed in the database behind the server's back. Keys that others can read, a port in use, a store from a newer
version: one clear sentence, and nothing half-written.
"""

import base64
import contextlib
import json
import os
import pathlib
import secrets
import shutil
import socket
import sqlite3
import stat
import sys
import tempfile
import threading
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "release"))
from demo_server import (DemoServer, NotStarted, fresh_code, files_of, run, sign_in_staff,  # noqa: E402
                         sign_up)

passed = 0
failures = []


def check(what, holds, detail=""):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"FAILED  {what}" + (f": {str(detail)[:600]}" if detail else ""), flush=True)


@contextlib.contextmanager
def part(name):
    """One part that breaks does not hide the others."""
    began = time.monotonic()
    try:
        yield
    except (AssertionError, NotStarted, KeyError, IndexError, StopIteration, OSError, json.JSONDecodeError) as problem:
        check(f"{name} reaches its end", False, f"{type(problem).__name__}: {problem}")
    print(f"  {name}  {time.monotonic() - began:.1f} s", flush=True)


class Marks:
    """A mark for each field: 24 random bytes, written as 48 hexadecimal digits."""

    def __init__(self):
        self.by_field = {}

    def of(self, field):
        mark = secrets.token_bytes(24)
        self.by_field[field] = mark
        return mark.hex()

    def found_in(self, path):
        content = path.read_bytes()
        lower = content.lower()
        for field, mark in self.by_field.items():
            # As written, as the bytes themselves, and as base64 of either at its three shifts.
            ways = [mark.hex().encode(), mark]
            for raw in (mark, mark.hex().encode()):
                for shift in range(3):
                    ways.append(base64.b64encode(b"\0" * shift + raw)[4:-4])
            if ways[0] in lower or any(way in content for way in ways[1:]):
                yield field


def make_marks(server, marks):
    """A person and the staff write in every field there is. Returns what later parts need."""
    person = sign_up(server, marks.of("display name at sign-up"))
    id_ = person.account["person"]
    person.must("PATCH", "/me", {"display_name": marks.of("display name changed")})
    said = marks.of("message")
    person.must("POST", "/conversation/messages", {"text": f"I am going to kill myself tonight {said}", "client_id": "one"})
    person.must("POST", "/conversation/messages", {"text": f"calm words {marks.of('second message')}",
                                                   "client_id": marks.of("client id")})
    version = person.must("GET", "/check-in/form")["version"]
    person.must("POST", "/check-ins", {"version": version, "answers": {"mood": 2, "note": marks.of("check-in note")}})
    person.must("PUT", "/safety-plan", {"version": 0, "shared_with_team": True, "parts": {
        "warning_signs": [marks.of("warning sign")], "coping": [marks.of("coping")],
        "distraction": [{"text": marks.of("distraction"), "phone": "+353 20 910 0001"}],
        "people": [{"name": marks.of("plan person"), "phone": marks.of("plan phone")}],
        "professionals": [{"name": marks.of("professional"), "phone": "112"}],
        "safer_place": [marks.of("safer place")]}})
    person.must("PUT", "/safe-contact", {
        "phone": marks.of("safe phone"), "email": marks.of("safe mail"), "times": marks.of("safe times"),
        "voicemail_ok": False, "text_ok": True, "address": marks.of("address"), "medicines": marks.of("medicines"),
        "emergency_contact": {"name": marks.of("emergency name"), "relation": marks.of("emergency relation"),
                              "phone": marks.of("emergency phone"), "may_call": True}})
    person.must("POST", "/supporters", {"name": marks.of("supporter"), "relation": marks.of("supporter relation"),
                                        "shares": ["safety_plan"]})

    # What is refused must not be written down either.
    for path, body in (("/conversation/messages", {"text": marks.of("too long a message") * 5000, "client_id": "x"}),
                       ("/check-ins", {"version": version, "answers": {"mood": marks.of("wrong mood")}}),
                       ("/sign-in", {"login": marks.of("unknown log-in"), "password": marks.of("wrong password")}),
                       ("/conversation/choices", {"message": marks.of("wrong id"), "choice": marks.of("wrong choice")}),
                       ("/" + marks.of("unknown address"), {})):
        status = person.call("POST", path, body).status
        check(f"POST {path[:30]} with nonsense is refused", 400 <= status < 500, status)

    maeve = sign_in_staff(server, "maeve")
    rows = [row for group in maeve.must("GET", "/caseload")["groups"] for row in group["people"]]
    row = next(each for each in rows if each["person"] == id_)
    alert = row["alert"]
    maeve.must("POST", f"/alerts/{alert}/acknowledge", {"note": marks.of("acknowledging note")})
    maeve.must("POST", f"/alerts/{alert}/notes", {"text": marks.of("alert note")})
    shown = maeve.must("GET", f"/alerts/{alert}")
    check("the alert shows the words to the clinician", said in json.dumps(shown))
    maeve.must("POST", f"/findings/{shown['finding']['id']}/judgement",
               {"judgement": "agree", "note": marks.of("judgement note")})
    talk = shown["conversation"]
    maeve.must("POST", f"/conversations/{talk}/take", {})
    maeve.must("POST", f"/conversations/{talk}/messages", {"text": marks.of("a human's message"), "client_id": "h1"})
    maeve.must("POST", f"/conversations/{talk}/hand-back", {"line": marks.of("hand-back line")})
    maeve.must("POST", f"/people/{id_}/notes", {"text": marks.of("staff note")})
    maeve.call("GET", f"/people?query={marks.of('search for a person')}")
    maeve.must("POST", f"/alerts/{alert}/outcome", {"outcome": "reached", "record": marks.of("alert record"),
                                                    "reason": marks.of("reason")})

    idris = sign_in_staff(server, "idris")
    outside = idris.call("GET", f"/people/{id_}")
    check("somebody outside the team is shut out", outside.status == 403 and b"outside-team" in outside.body, outside.body)
    code = fresh_code(server, "idris", idris.code)
    idris.must("POST", f"/people/{id_}/break-glass", {"reason": marks.of("break-glass reason"), "code": code})
    check("break-glass opens the one person", idris.call("GET", f"/people/{id_}").status == 200)
    ruth = sign_in_staff(server, "ruth")
    opened = ruth.must("GET", "/service-report")["break_glass"]
    check("the lead sees the reason", marks.by_field["break-glass reason"].hex() in json.dumps(opened), opened)
    ruth.must("POST", f"/break-glass/{opened[0]['id']}/review", {"note": marks.of("review note")})
    looked = json.dumps(person.must("GET", "/privacy/accesses"))
    check("who looked names the clinician and the break-glass", "Maeve" in looked and "Idris" in looked, looked[:400])

    kit = sign_in_staff(server, "kit")
    kit.must("POST", "/admin/teams", {"name": marks.of("team name")})
    kit.must("POST", "/admin/invitations", {"role": "clinician", "display_name": marks.of("invited name"),
                                            "email": marks.of("invited mail") + "@example.org"})
    check("an administrator reads no words", kit.call("GET", f"/people/{id_}").status in (403, 404))
    login = "n" + secrets.token_hex(4)
    named = sign_up(server, marks.of("display name with a log-in"), login=login, password="a long enough pass phrase")
    return person, named, said


def nothing_stands_in_clear(server, marks, folder):
    backups = list((folder / "var" / "backups").glob("*"))
    check("a backup is among the files that are searched", len(backups) >= 1)
    searched = 0
    for path in [*files_of(folder / "var"), server.log]:
        if stat.S_ISREG(path.stat().st_mode):
            searched += path.stat().st_size
            for field in marks.found_in(path):
                check(f"the {field} stands in clear in {path.relative_to(folder)}", False)
    check("the files hold something", searched > 1_000_000, searched)
    print(f"    {len(marks.by_field)} marks, {searched / 1e6:.1f} MB searched")


def backup_while_writing(server, folder):
    """Clients write while the backup runs; then it is opened from end to end."""
    stop = threading.Event()
    counts = []

    def write():
        caller = sign_up(server)
        count = 0
        while not stop.is_set():
            caller.must("POST", "/conversation/messages", {"text": "an ordinary evening", "client_id": str(uuid.uuid4())})
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    status, out, err = run(server.binary, "backup", "--folder", folder / "var")
    stop.set()
    for thread in threads:
        thread.join()
    check("backup while serving", status == 0, err)
    check("people wrote meanwhile", sum(counts) > 10, counts)
    made = max((folder / "var" / "backups").iterdir())
    check("the backup is named", str(made).encode() in out or made.name.encode() in out, out)
    status, out, err = run(server.binary, "restore", made, "--verify", "--folder", folder / "var")
    check("restore --verify opens every row", status == 0 and b"restore verified" in out, out + err)
    check("and walks the audit record", b"audit entries verified" in out, out)
    return made


def damaged_backups(binary, made, folder):
    for name in ("data.db", "keys.db", "epoch.key", "manifest"):
        copy = folder / f"damaged-{name}"
        shutil.copytree(made, copy)
        path = copy / name
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        status, out, err = run(binary, "restore", copy, "--verify", "--folder", folder / "var")
        check(f"one bit changed in {name} of a backup: refused", status == 1 and b"restore verified" not in out, out + err)
        check(f"and said in words ({name})", len(err.strip().splitlines()) >= 1, err)
        shutil.rmtree(copy)
    copy = folder / "damaged-missing"
    shutil.copytree(made, copy)
    (copy / "keys.db").unlink()
    status, _, err = run(binary, "restore", copy, "--verify", "--folder", folder / "var")
    check("a backup without its keys: refused", status == 1 and b"keys.db" in err, err)
    shutil.rmtree(copy)


def restored_serves(server, made, folder, person, said):
    """Into an empty folder, with the master key that was kept elsewhere: the person's words are there."""
    there = folder / "restored"
    there.mkdir()
    shutil.copy(folder / "var" / "master.key", there / "master.key")
    status, out, err = run(server.binary, "restore", made, "--into", there, "--folder", folder / "var")
    check("restore --into", status == 0, out + err)
    other = DemoServer(server.binary, there, folder / "restored.log").start()
    try:
        person.server = other
        page = person.must("GET", "/conversation")
        check("the restored service knows the session and the words", said in json.dumps(page))
    finally:
        person.server = server
        person.close()
        other.stop()
    status, out, err = run(server.binary, "restore", made, "--into", there, "--folder", folder / "var")
    check("restore never overwrites a service", status == 1 and b"already holds" in err, err)
    empty = folder / "no-key"
    shutil.copytree(folder / "restored", empty)
    (empty / "master.key").write_text(secrets.token_hex(32) + "\n")
    os.chmod(empty / "master.key", 0o600)
    refused_start(server.binary, empty, folder, "another master key", b"master key")


def refused_start(binary, var, folder, why, expected, *more):
    status, out, err = run(binary, "serve", "--demo", "--port", "0", *more, "--folder", var, timeout=60)
    check(f"{why}: the server does not start", status == 1, (status, out, err))
    check(f"{why}: one clear sentence", expected.lower() in err.lower() and 1 <= len(err.strip().splitlines()) <= 2, err)


def one_port_and_one_folder(server, folder):
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        var = folder / "never"
        status, _, err = run(server.binary, "serve", "--demo", "--port", port, "--folder", var)
        check("a port in use: exit 1", status == 1, err)
        check("a port in use: one sentence that names it", str(port).encode() in err and len(err.strip().splitlines()) <= 2, err)
        check("a port in use: nothing was written", not var.exists())
    status, _, err = run(server.binary, "serve", "--demo", "--port", "0", "--folder", folder / "var")
    check("a second server on the same folder: refused in a sentence", status == 1 and len(err.strip()) > 20, err)


@contextlib.contextmanager
def copy_of(var, folder, name):
    copy = folder / name
    shutil.copytree(var, copy, ignore=shutil.ignore_patterns("backups", "*.sock"))
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def changed(var, *statements):
    with contextlib.closing(sqlite3.connect(var / "handrail.db")) as database:
        for statement in statements:
            count = database.execute(statement).rowcount
            check(f"the attack finds a row: {statement[:50]}", count != 0)
        database.commit()


def audit_finds(binary, folder):
    var = folder / "var"
    status, out, err = run(binary, "audit", "verify", "--folder", var, "--checkpoint", folder / "checkpoint")
    check("audit verify holds on what nobody touched", status == 0 and b"every link holds" in out, out + err)
    one = "(SELECT rowid_ FROM (SELECT lane || '/' || sequence AS rowid_ FROM audit_entry ORDER BY sequence LIMIT 1 OFFSET 40))"
    at = f"lane || '/' || sequence = {one}"
    last = "sequence = (SELECT MAX(b.sequence) FROM audit_entry b WHERE b.lane = audit_entry.lane AND b.organisation = audit_entry.organisation)"
    attacks = {
        "a changed deed": [f"UPDATE audit_entry SET deed = 'read.nothing' WHERE {at}"],
        "a changed account": [f"UPDATE audit_entry SET account = zeroblob(16) WHERE {at}"],
        "a changed instant": [f"UPDATE audit_entry SET at = at + 1 WHERE {at}"],
        "a removed entry": [f"DELETE FROM audit_entry WHERE {at}"],
        "two entries that changed places": [
            "CREATE TEMP TABLE two AS SELECT * FROM audit_entry WHERE lane = (SELECT MIN(lane) FROM audit_entry) AND sequence IN (20, 21)",
            "DELETE FROM audit_entry WHERE lane = (SELECT MIN(lane) FROM audit_entry) AND sequence IN (20, 21)",
            "UPDATE two SET sequence = 41 - sequence",
            "INSERT INTO audit_entry SELECT * FROM two"],
    }
    for what, statements in attacks.items():
        with copy_of(var, folder, "attacked") as copy:
            changed(copy, *statements)
            status, out, err = run(binary, "audit", "verify", "--folder", copy)
            check(f"audit verify finds {what}", status == 1 and b"does not hold" in err, out + err)
    with copy_of(var, folder, "attacked") as copy:
        changed(copy, f"DELETE FROM audit_entry WHERE {last}")
        status, out, err = run(binary, "audit", "verify", "--folder", copy, "--against", folder / "checkpoint")
        check("audit verify --against finds a tail that was cut", status == 1, out + err)
    status, out, err = run(binary, "audit", "verify", "--folder", var, "--against", folder / "checkpoint")
    check("audit verify --against holds on what nobody touched", status == 0, out + err)


def moved_rows_stay_shut(binary, made, folder):
    """A sealed row under another person's id does not open, and the drill says so."""
    copy = folder / "moved"
    shutil.copytree(made, copy)
    with contextlib.closing(sqlite3.connect(copy / "data.db")) as database:
        first, second = database.execute("SELECT person, sealed_body FROM course ORDER BY person LIMIT 2").fetchall()
        database.execute("UPDATE course SET sealed_body = ? WHERE person = ?", (first[1], second[0]))
        database.commit()
    with open(copy / "manifest", "r+", encoding="utf-8") as manifest:
        import hashlib
        lines = manifest.read().splitlines()
        digest = hashlib.blake2b((copy / "data.db").read_bytes(), digest_size=32).hexdigest()
        manifest.seek(0)
        manifest.truncate()
        manifest.write("\n".join(f"{digest} data.db" if line.endswith(" data.db") else line for line in lines) + "\n")
    status, out, err = run(binary, "restore", copy, "--verify", "--folder", folder / "var")
    check("a sealed row moved to somebody else does not open", status == 1 and b"course" in err, out + err)
    shutil.rmtree(copy)


def refused_stores(binary, folder):
    var = folder / "var"
    with copy_of(var, folder, "open-key") as copy:
        os.chmod(copy / "master.key", 0o644)
        refused_start(binary, copy, folder, "a key that others can read", b"chmod 600")
        for command in (("audit", "verify"), ("backup",)):
            status, _, err = run(binary, *command, "--folder", copy)
            check(f"handrail {' '.join(command)} with such a key: refused", status == 1 and b"chmod 600" in err, err)
    with copy_of(var, folder, "no-epoch") as copy:
        (copy / "epoch.key").unlink()
        refused_start(binary, copy, folder, "a store without its epoch key", b"epoch key")
        check("a store without its epoch key: no new one is made", not (copy / "epoch.key").exists())
    with copy_of(var, folder, "newer") as copy:
        with contextlib.closing(sqlite3.connect(copy / "handrail.db")) as database:
            columns = [row[1] for row in database.execute("PRAGMA table_info(schema_version)")]
            values = {"version": 999, "name": "from the future", "applied_at": 0}
            database.execute(f"INSERT INTO schema_version ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                             [values.get(column, "0") for column in columns])
            database.commit()
        before = (copy / "handrail.db").read_bytes()
        refused_start(binary, copy, folder, "a store from a newer version", b"999")
        with contextlib.closing(sqlite3.connect(copy / "handrail.db")) as database:
            kept = database.execute("SELECT MAX(version) FROM schema_version").fetchone()[0]
        check("a store from a newer version is left as it was", kept == 999 and len(before) > 0, kept)
    nowhere = folder / "nothing-here"
    nowhere.mkdir()
    status, _, err = run(binary, "audit", "verify", "--folder", nowhere)
    check("no service in a folder: said", status == 1 and b"There is no service" in err, err)
    check("and nothing was made there", not any(nowhere.iterdir()), list(nowhere.iterdir()))


def erased_is_gone(server, folder, named):
    """A person who is there can be opened, and the command says by what."""
    status, out, err = run(server.binary, "erase", named.account["person"], "--verify", "--folder", folder / "var")
    check("erase --verify names what could open somebody who is there", status == 1 and len(err.strip()) > 20, out + err)
    status, _, err = run(server.binary, "erase", "not-an-id", "--verify", "--folder", folder / "var")
    check("erase --verify of no id: refused in words", status == 1 and len(err.strip()) > 10, err)


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    keep = sys.argv[3] if len(sys.argv) > 3 and sys.argv[2] == "--keep" else None
    folder = pathlib.Path(keep or tempfile.mkdtemp(prefix="handrail-keeping-"))
    folder.mkdir(parents=True, exist_ok=True)
    server = DemoServer(sys.argv[1], folder / "var", folder / "log")
    marks = Marks()
    made = None
    try:
        server.start()
        check("the folder is closed to others", stat.S_IMODE((folder / "var").stat().st_mode) == 0o700)
        loose = [str(path) for path in files_of(folder / "var") if path.stat().st_mode & 0o077]
        check("every file in it too", not loose, loose)
        with part("marks in every field"):
            person, named, said = make_marks(server, marks)
        with part("backup while people write"):
            made = backup_while_writing(server, folder)
        with part("erase --verify"):
            erased_is_gone(server, folder, named)
        with part("audit verify while serving"):
            status, out, err = run(server.binary, "audit", "verify", "--folder", folder / "var")
            check("audit verify while serving", status == 0, out + err)
        with part("one port, one folder"):
            one_port_and_one_folder(server, folder)
        with part("nothing stands in clear while serving"):
            nothing_stands_in_clear(server, marks, folder)
        if made:
            with part("restored elsewhere"):
                restored_serves(server, made, folder, person, said)
        check("Ctrl-C ends it with 0", server.stop() == 0)
        with part("nothing stands in clear after a stop"):
            nothing_stands_in_clear(server, marks, folder)
        if made:
            with part("damaged backups"):
                damaged_backups(server.binary, made, folder)
            with part("moved rows"):
                moved_rows_stay_shut(server.binary, made, folder)
        with part("the audit record under attack"):
            audit_finds(server.binary, folder)
        with part("stores and keys that are refused"):
            refused_stores(server.binary, folder)
    except (NotStarted, AssertionError) as problem:
        check("the test reaches its end", False, problem)
    finally:
        server.kill()
        if keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
