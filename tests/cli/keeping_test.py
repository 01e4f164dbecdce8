#!/usr/bin/env python3
"""Keeping a service, against a built binary: tests/cli/keeping_test.py BINARY [--keep FOLDER]

What was written is sealed: marks of 24 random bytes go into every field that takes free text, and none of them stands in
any file or in the log. A backup is made while people write, opens, and is refused with one bit changed. `audit verify` finds
what was changed in the database behind the server's back, and so does the service before it signs a checkpoint by itself. Keys that others can read, a port in use, a store from a newer
version: one clear sentence, and nothing half-written. Who was erased stays erased, in every backup here and when an old
copy is restored.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import sqlite3
import stat
import sys
import threading
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "release"))
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import DemoServer, NotStarted, demo_code, files_of, fresh_code, run, sign_in_staff, sign_up  # noqa: E402
from marks import Marks, make_marks  # noqa: E402
from watched import Collector, log_and_traces_fit, metrics_of, numbers_tell, watched_settings  # noqa: E402


def nothing_stands_in_clear(server, marks, folder):
    backups = list((folder / "var" / "backups").glob("*"))
    check("a backup is among the files that are searched", len(backups) >= 1)
    searched = 0
    if server.process.poll() is None:
        (folder / "metrics").write_text(metrics_of(server))
    for path in [*files_of(folder / "var"), server.log, folder / "metrics", folder / "traces"]:
        if stat.S_ISREG(path.stat().st_mode):
            searched += path.stat().st_size
            for field in marks.found_in(path.read_bytes()):
                check(f"the {field} stands in clear in {path.relative_to(folder)}", False)
    check("the files hold something", searched > 1_000_000, searched)
    print(f"    {len(marks.by_field)} marks, {searched / 1e6:.1f} MB searched")


def newest_backup(var):
    return max(path for path in (var / "backups").iterdir() if path.is_dir())


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
    made = newest_backup(folder / "var")
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
        "a changed account": [f"UPDATE audit_entry SET account = randomblob(16) WHERE {at}"],
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
    status, out, err = run(binary, "report", "screening", "--folder", var)
    check("report screening of a stopped service", status == 0 and b"alerts per 100 people a week" in out, out + err)


def comes_true(what, seconds=60):
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def signed_in(server, login):
    """Each code works once, also on a copy of the service: waits for the next one when it was used."""
    code = demo_code(server, login)
    try:
        return sign_in_staff(server, login)
    except AssertionError:
        fresh_code(server, login, code)
        return sign_in_staff(server, login)


def checkpoints_by_the_clock(binary, folder):
    """Written off the machine and handed over by the service itself; never of a record that does not hold."""
    far, taken, log = folder / "far", folder / "taken", folder / "checkpoints.log"
    far.mkdir()
    config = folder / "checkpoints.toml"
    config.write_text(f'[backup]\nevery = "off"\n[audit]\ncheckpoints = "{far}"\ncheckpoint_command = "cat >\'{taken}\'"\n')
    with copy_of(folder / "var", folder, "checked") as copy:
        server = DemoServer(binary, copy, log, "--config", config).start()
        try:
            mark = copy / "checkpoint.to_hand_over"
            check("a checkpoint is written by the clock and handed over",
                  comes_true(lambda: taken.exists() and not mark.exists() and list(far.glob("*.checkpoint"))))
            made = next(far.iterdir())
            check("the command got it whole", taken.read_bytes() == made.read_bytes() and made.read_bytes().startswith(b"handrail audit"))
            check("others cannot read it", stat.S_IMODE(made.stat().st_mode) == 0o600)
            state = signed_in(server, "kit").must("GET", "/admin/state")["checkpoints"]
            check("the administrator sees it", state == {"last": made.name, "every_hours": 24}, state)
            check("Ctrl-C ends it with 0", server.stop() == 0)
            status, out, err = run(binary, "audit", "verify", "--folder", copy, "--against", made)
            check("the record holds against it", status == 0, out + err)

            changed(copy, "DELETE FROM audit_entry WHERE sequence > 20")
            earlier = far / ("2020-01-01T000000Z" + made.name[18:])  # so that the next one is due
            made.rename(earlier)
            server.start()
            check("a cut tail is an error in the log", comes_true(lambda: any(
                '"level":"error"' in line and "does not hold" in line and "was cut" in line
                for line in log.read_text().splitlines())), log.read_text()[-2000:])
            check("and is not signed", list(far.iterdir()) == [earlier], list(far.iterdir()))
            status, out, _ = run(binary, "doctor", "--config", config, "--folder", copy)
            check("and the doctor calls it wrong", status == 1 and b"wrong  checkpoints of the server: The audit record does not hold" in out, out)
        finally:
            server.kill()


def moved_rows_stay_shut(binary, made, folder):
    """A sealed row under another person's id does not open, and the drill says so."""
    copy = folder / "moved"
    shutil.copytree(made, copy)
    with contextlib.closing(sqlite3.connect(copy / "data.db")) as database:
        first, second = database.execute("SELECT person, sealed_body FROM course ORDER BY person LIMIT 2").fetchall()
        database.execute("UPDATE course SET sealed_body = ? WHERE person = ?", (first[1], second[0]))
        database.commit()
    # With a manifest that fits, so that only the sealing itself can notice.
    digest = hashlib.blake2b((copy / "data.db").read_bytes(), digest_size=32).hexdigest()
    lines = [f"{digest} data.db" if line.endswith(" data.db") else line
             for line in (copy / "manifest").read_text().splitlines() if not line.startswith("sum ")]
    body = "\n".join(lines) + "\n"
    (copy / "manifest").write_text(body + f"sum {hashlib.blake2b(body.encode(), digest_size=32).hexdigest()}\n")
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


def due_now(var, person):
    """Moves the end of the seven days to now, in the stopped store: the only way to have them pass in a test."""
    with contextlib.closing(sqlite3.connect(var / "handrail.db")) as database:
        changed_rows = database.execute("UPDATE person SET erase_due_at = 1 WHERE erase_due_at IS NOT NULL").rowcount
        database.commit()
    check(f"{person} had asked to be erased", changed_rows == 1, changed_rows)


def erasure_reaches_the_backups(server, folder, named, made):
    """After the round that follows an erasure nothing in the service's own folders opens the person, by itself; the newest
    backup restores; and a copy of an older one that was kept elsewhere does not bring them back."""
    var = folder / "var"
    person = named.account["person"]
    elsewhere = folder / "elsewhere" / made.name
    shutil.copytree(made, elsewhere)
    named.close()
    named.must("POST", "/sign-in", {"login": named.login, "password": named.password})  # to be erased one proves oneself
    named.must("POST", "/privacy/erase", {})
    check("it stops with 0", server.stop() == 0)
    due_now(var, person)
    server.start()
    until = time.monotonic() + 180
    while True:
        status, out, err = run(server.binary, "erase", person, "--verify", "--folder", var)
        if status == 0 or time.monotonic() > until:
            break
        time.sleep(0.5)
    check("erase --verify is clean by itself after the hourly round", status == 0, out + err)
    newest = newest_backup(var)
    check("a fresh backup was made for it", newest.name.endswith("-erasure"), newest)
    check("the older backup lost its key file", made.is_dir() and not (made / "epoch.key").exists())
    check("the list of erasures lies beside the backups", person in (var / "backups" / "erasures").read_text())
    status, out, err = run(server.binary, "restore", newest, "--verify", "--folder", var)
    check("the newest backup restores", status == 0 and b"restore verified" in out, out + err)
    status, out, err = run(server.binary, "restore", made, "--verify", "--folder", var)
    check("an older one restores with the keys of the newest", status == 0 and b"opened with the keys of" in out, out + err)

    again = f"erased again: person {person}".encode()
    status, out, err = run(server.binary, "restore", elsewhere, "--verify", "--folder", var)
    check("a copy kept elsewhere: the erasure is repeated", status == 0 and again in out, out + err)
    listed = folder / "list"
    shutil.copy(var / "backups" / "erasures", listed)
    # After a disaster: nothing is left but the master key, the copy and the list.
    there = folder / "after-a-disaster"
    there.mkdir()
    shutil.copy(var / "master.key", there / "master.key")
    status, out, err = run(server.binary, "restore", elsewhere, "--verify", "--folder", there)
    check("without a list that is said", status == 0 and b"No list of erasures was found" in out, out + err)
    text = listed.read_bytes()
    listed.write_bytes(text.replace(b"erased ", b"erasex ", 1))
    status, out, err = run(server.binary, "restore", elsewhere, "--into", there, "--erasures", listed, "--folder", there)
    check("a list that was changed is refused", status == 1 and b"was changed" in err, out + err)
    shutil.rmtree(there)
    there.mkdir()
    shutil.copy(var / "master.key", there / "master.key")
    listed.write_bytes(text)
    status, out, err = run(server.binary, "restore", elsewhere, "--into", there, "--erasures", listed, "--folder", there)
    check("with the list: the erasure is repeated", status == 0 and again in out, out + err)
    status, out, err = run(server.binary, "erase", person, "--verify", "--folder", there)
    check("and nothing there opens the person", status == 0, out + err)
    status, out, err = run(server.binary, "audit", "verify", "--folder", there)
    check("and the audit record holds", status == 0, out + err)


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    keep = sys.argv[3] if len(sys.argv) > 3 and sys.argv[2] == "--keep" else None
    folder = folder_for("handrail-keeping-", keep)
    collector = Collector(folder / "traces")
    server = DemoServer(sys.argv[1], folder / "var", folder / "log",
                        "--config", watched_settings(folder / "watched.toml", collector))
    marks = Marks()
    made = None
    try:
        server.start()
        check("the folder is closed to others", stat.S_IMODE((folder / "var").stat().st_mode) == 0o700)
        loose = [str(path) for path in files_of(folder / "var") if path.stat().st_mode & 0o077]
        check("every file in it too", not loose, loose)
        with part("marks in every field"):
            person, named, said = make_marks(server, marks)
        with part("log, numbers and traces"):
            log_and_traces_fit(server, collector, person, f"/conversation?before={marks.of('wrong instant')}")
            numbers_tell(server)
        with part("backup while people write"):
            made = backup_while_writing(server, folder)
        with part("erase --verify"):
            erased_is_gone(server, folder, named)
        with part("audit verify while serving"):
            status, out, err = run(server.binary, "audit", "verify", "--folder", folder / "var")
            check("audit verify while serving", status == 0, out + err)
        with part("a report while serving"):
            for name, words in (("screening", b"alerts per 100 people a week"), ("ca-sb243", b"How it is counted")):
                status, out, err = run(server.binary, "report", name, "--folder", folder / "var")
                check(f"report {name}", status == 0 and words in out, out + err)
            status, out, err = run(server.binary, "report", "nowhere", "--folder", folder / "var")
            check("a report that there is not is refused by name", status == 1 and b"screening, ca-sb243" in err, out + err)
        with part("everybody judged, while serving"):
            status, out, err = run(server.binary, "judge", "--all", "--folder", folder / "var")
            judged = re.match(rb"(\d+) people judged, (\d+) not opened\. (\d+) new findings", out)
            check("judge --all says how many", status == 0 and judged and int(judged[1]) >= 50, out + err)
            status, out, err = run(server.binary, "judge", "--all", "--folder", folder / "var")
            check("judged again, nothing is new", status == 0 and b" 0 new findings" in out, out + err)
            status, out, err = run(server.binary, "judge", "--all", "--replay", "--folder", folder / "var")
            again = re.match(rb"(\d+) courses made again from (\d+) answers, 0 not opened. 0 say something else", out)
            check("the kept courses are what the answers say", status == 0 and again and int(again[1]) >= 50, out + err)
            status, out, err = run(server.binary, "judge", "--folder", folder / "var")
            check("judge without --all is refused", status != 0 and b"--all" in err, out + err)
        with part("one port, one folder"):
            one_port_and_one_folder(server, folder)
        with part("nothing stands in clear while serving"):
            nothing_stands_in_clear(server, marks, folder)
        if made:
            with part("restored elsewhere"):
                restored_serves(server, made, folder, person, said)
        check("Ctrl-C ends it with 0", server.stop() == 0)
        collector.stop()
        with part("nothing stands in clear after a stop"):
            nothing_stands_in_clear(server, marks, folder)
        if made:
            with part("damaged backups"):
                damaged_backups(server.binary, made, folder)
            with part("moved rows"):
                moved_rows_stay_shut(server.binary, made, folder)
        with part("the audit record under attack"):
            audit_finds(server.binary, folder)
        with part("checkpoints by the clock"):
            checkpoints_by_the_clock(server.binary, folder)
        with part("stores and keys that are refused"):
            refused_stores(server.binary, folder)
        if made:
            with part("an erasure, and the backups"):
                server.start()
                erasure_reaches_the_backups(server, folder, named, made)
            check("Ctrl-C ends it with 0 once more", server.stop() == 0)
    except (NotStarted, AssertionError) as problem:
        check("the test reaches its end", False, problem)
    finally:
        server.kill()
        let_go(folder, keep)
    return concluded()


if __name__ == "__main__":
    sys.exit(main())
