#!/usr/bin/env python3
"""The whole service on PostgreSQL, against a built binary: tests/release/postgres_test.py BINARY [--keep FOLDER]

A PostgreSQL server of the test's own, two databases, two roles. People sign up, write of danger, and a clinician answers;
a restart of the server and a crash of the database lose nothing. Marks stand in every field that takes free text: none of
them is in a dump of either database, in a file of the database server (its write-ahead log and its log of statements
included), or in what Handrail writes itself. What `handrail backup` wrote is restored with pg_restore and serves. `store copy`
moves the service to the embedded store and back, and what it left half-way is not served.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import check, part  # noqa: E402
from demo_server import DemoServer, files_of, run, sign_in_staff  # noqa: E402
from marks import Marks, make_marks  # noqa: E402
from on_postgres import on_postgres  # noqa: E402


def roles_are_apart(cluster, databases):
    for role, closed in (("handrail", databases[1]), ("handrail_keys", databases[0])):
        may = cluster.ask("postgres", f"SELECT has_database_privilege('{role}', '{closed}', 'CONNECT')")
        check(f"the role {role} cannot connect to {closed}", may == "f", may)
    schemas = [cluster.ask(name, "SELECT string_agg(DISTINCT schemaname, ',') FROM pg_tables WHERE schemaname LIKE 'handrail%'")
               for name in databases]
    check("the record and the keys lie in different databases", schemas == ["handrail", "handrail_keys"], schemas)


def everything_is_there(where, person, staff, said):
    page = person.must("GET", "/conversation")
    check(f"the person's words are there {where}", said in json.dumps(page))
    shown = staff.must("GET", f"/people/{person.account['person']}")
    check(f"the clinician still has them on the list {where}", shown["person"]["id"] == person.account["person"], shown)
    looked = json.dumps(person.must("GET", "/privacy/accesses"))
    check(f"who looked is still told {where}", "Maeve" in looked, looked[:300])


def searched(marks, cluster, databases, server, var):
    """What stands in clear, and where; and how much was searched."""
    found, size = [], 0
    dumps = [(f"pg_dump of {name}", cluster.dump(name)) for name in databases]
    files = [(str(path), None) for path in [*files_of(cluster.folder), *files_of(var), server.log]
             if not path.name.startswith(".s.PGSQL")]
    for where, content in dumps + files:
        try:
            content = content if content is not None else pathlib.Path(where).read_bytes()
        except FileNotFoundError:
            continue  # a log segment that was recycled, a temporary file
        size += len(content)
        found += [(field, where) for field in marks.found_in(content)]
    return found, size


def the_search_finds_what_is_there(cluster, databases, server, var):
    """A mark put into the database in clear is found in the dump, in the files and in the log of statements."""
    control = Marks()
    mark = control.of("control")
    # In halves, so that the statement itself does not hold it; then once whole, for the log of statements.
    cluster.ask(databases[0], f"CREATE TABLE control AS SELECT '{mark[:20]}' || '{mark[20:]}' AS text, "
                              f"decode('{mark[:20]}' || '{mark[20:]}', 'hex') AS bytes", "CHECKPOINT")
    found, _ = searched(control, cluster, databases, server, var)
    check("the search finds a mark in a dump", any(where.startswith("pg_dump") for _, where in found), found)
    check("and in the table's file", any("/base/" in where for _, where in found), found)
    check("and in the write-ahead log", any("/pg_wal/" in where for _, where in found), found)
    cluster.ask(databases[0], f"SELECT '{mark}'", "DROP TABLE control")
    found, _ = searched(control, cluster, databases, server, var)
    check("and in the log of statements", any(where == str(cluster.log) for _, where in found), found)


def nothing_stands_in_clear(marks, cluster, databases, server, var):
    found, size = searched(marks, cluster, databases, server, var)
    for field, where in sorted(set(found)):
        check(f"the {field} stands in clear in {where}", False)
    statements = cluster.log.read_bytes()
    check("the log of statements holds the statements and their values",
          b"INSERT INTO message" in statements and b"$1 = " in statements, len(statements))
    check("there was something to search", size > 20_000_000 and len(marks.by_field) > 40, (size, len(marks.by_field)))
    print(f"    {len(marks.by_field)} marks, {size / 1e6:.1f} MB searched")


def doctor_on_postgres(binary, cluster, config, var):
    """While it serves: the databases, the keys and the service's own settings are looked at; then one promise is broken."""
    _, out, err = run(binary, "doctor", "--config", config, "--folder", var)
    lines = out.decode().splitlines()
    for begins in ("ok     store, PostgreSQL: ", "ok     key store, PostgreSQL: ", "ok     store: It opens", "ok     key store: It opens",
                   "ok     keys in the store: ", "ok     time in the store: ", "ok     staffed hours: ", "ok     server: Process "):
        check(f"doctor says: {begins}", any(line.startswith(begins) for line in lines), out + err)
    check("doctor names no password and no role", b"password" not in out and b"user=" not in out, out)
    cluster.ask("postgres", "ALTER ROLE handrail SET synchronous_commit = off")
    status, out, err = run(binary, "doctor", "--config", config, "--folder", var)
    cluster.ask("postgres", "ALTER ROLE handrail RESET synchronous_commit")
    told = [line for line in out.decode().splitlines() if line.startswith("wrong  store, PostgreSQL: ")]
    check("doctor: synchronous_commit off is wrong", status == 1 and told and "synchronous_commit=off" in told[0], out + err)


def restored_serves(binary, cluster, config, var, folder, person, said):
    """The way of docs/operations.md: pg_restore of both dumps, epoch.key beside them, the master key kept elsewhere."""
    status, out, err = run(binary, "backup", "--config", config, "--folder", var)
    check("handrail backup on PostgreSQL", status == 0, out + err)
    made = max(path for path in (var / "backups").iterdir() if path.is_dir())
    status, out, err = run(binary, "restore", made, "--verify", "--config", config, "--folder", var)
    check("restore is refused on PostgreSQL and names pg_restore", status == 1 and b"pg_restore" in err, out + err)
    databases = cluster.fresh_databases()
    cluster.restore(made / "data.db", databases[0], "handrail")
    cluster.restore(made / "keys.db", databases[1], "handrail_keys")
    there = folder / "restored"
    there.mkdir(mode=0o700)
    shutil.copy(made / "epoch.key", there / "epoch.key")
    shutil.copy(var / "master.key", there / "master.key")
    moved = cluster.configuration(folder / "restored.toml", databases)
    other = DemoServer(binary, there, folder / "restored.log", "--config", moved).start()
    try:
        person.server, was = other, person.server
        check("what pg_restore brought back serves, with the words", said in json.dumps(person.must("GET", "/conversation")))
    finally:
        person.close()
        person.server = was
        other.stop()
    status, out, err = run(binary, "audit", "verify", "--config", moved, "--folder", there)
    check("and its audit record holds", status == 0 and b"every link holds" in out, out + err)


class Elsewhere:
    """A configuration in a folder of its own, with the master key of the service; on PostgreSQL when databases are given."""

    def __init__(self, folder, master_key, cluster=None, databases=None):
        self.folder = folder
        self.var = folder / "var"
        self.var.mkdir(parents=True, mode=0o700)
        shutil.copy(master_key, self.var / "master.key")
        self.config = folder / "handrail.toml"
        if databases:
            cluster.configuration(self.config, databases)
        else:
            self.config.write_text("# the embedded store\n")

    def serves(self, binary, person, said):
        server = DemoServer(binary, self.var, self.folder / "log", "--config", self.config).start()
        person.server, was = server, person.server
        try:
            return said in json.dumps(person.must("GET", "/conversation"))
        finally:
            person.close()
            person.server = was
            server.stop()


def copied(binary, source, target):
    began = time.monotonic()
    status, out, err = run(binary, "store", "copy", "--from", source, "--to", target, timeout=900)
    return status, out, err, time.monotonic() - began


def copied_both_ways(binary, cluster, config, var, folder, person, said):
    """To the embedded store while PostgreSQL serves, and from there into empty databases."""
    embedded = Elsewhere(folder / "embedded", var / "master.key")
    status, out, err, _ = copied(binary, config, embedded.config)
    check("from PostgreSQL to the embedded store, while it serves", status == 0 and b"store copied and verified" in out,
          out[-300:] + err)
    check("what is written meanwhile is said not to be in it", b"may not be in the copy" in out, out[-300:])
    check("the embedded store serves, with the words", embedded.serves(binary, person, said))
    status, out, err = run(binary, "audit", "verify", "--config", embedded.config)
    check("and its audit record holds", status == 0, out + err)

    databases = cluster.fresh_databases()
    back = Elsewhere(folder / "back", var / "master.key", cluster, databases)
    status, out, err, took = copied(binary, embedded.config, back.config)
    check("from the embedded store to PostgreSQL", status == 0 and b"Serve only one" in out, out[-300:] + err)
    check("each table is named with its rows", b"message " in out and b" rows, checksum " in out, out[:300])
    check("PostgreSQL serves it, with the words", back.serves(binary, person, said))
    status, out, err = run(binary, "audit", "verify", "--config", back.config)
    check("and the audit record holds there", status == 0, out + err)

    again = Elsewhere(folder / "again", var / "master.key", cluster, databases)
    status, out, err, _ = copied(binary, embedded.config, again.config)
    check("databases that hold something are refused", status == 1 and b"not empty" in err, out + err)
    status, out, err, _ = copied(binary, embedded.config, back.config)
    check("a folder that holds something is refused", status == 1 and b"not empty" in err, out + err)
    return embedded, took


def cut_short(binary, cluster, source, took, folder, master_key):
    """Killed half-way: neither the folder nor the databases are served."""
    for number, share in enumerate((0.4, 0.6, 0.8)):
        databases = cluster.fresh_databases()
        half = Elsewhere(folder / f"half {number}", master_key, cluster, databases)
        process = subprocess.Popen([str(pathlib.Path(binary).resolve()), "store", "copy", "--from", source, "--to", half.config],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + took * 3
        while not (half.var / "copy.unfinished").exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(took * share * 0.5)
        in_time = process.poll() is None
        process.kill()
        process.wait()
        check(f"the kill came while it copied ({share})", in_time and (half.var / "copy.unfinished").exists())
        for command in (("serve", "--port", "0"), ("audit", "verify"), ("backup",)):
            status, out, err = run(binary, *command, "--config", half.config, timeout=60)
            check(f"a copy that was cut short: {command[0]} is refused in a sentence", status == 1 and b"cut short" in err, out + err)
        rows = cluster.ask(databases[0], "SELECT count(*) FROM handrail.organisation")
        other = Elsewhere(folder / f"other {number}", master_key, cluster, databases)
        status, out, err = run(binary, "serve", "--port", "0", "--config", other.config, timeout=60)
        check("nor are its databases served from another folder", rows != "0" and status == 1 and b"epoch key" in err, (rows, err))
        check("and no key was made there", not (other.var / "epoch.key").exists())
        status, out, err, _ = copied(binary, source, half.config)
        check("nor is it copied into again", status == 1 and b"cut short" in err, out + err)


def story(cluster, folder, binary):
    databases = cluster.fresh_databases()
    config = cluster.configuration(folder / "handrail.toml", databases)
    server = DemoServer(binary, folder / "var", folder / "log", "--config", config)
    marks = Marks()
    person = maeve = said = None
    try:
        with part("the demo fills two databases"):
            server.spawn()
            server.wait_ready(900)
        cluster.ask("postgres", "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()")
        with part("two roles"):
            roles_are_apart(cluster, databases)
        with part("marks in every field; danger is seen and acknowledged"):
            person, _, said = make_marks(server, marks)
        with part("a restart"):
            check("Ctrl-C ends it with 0", server.stop() == 0)
            server.start()
            maeve = sign_in_staff(server, "maeve")
            everything_is_there("after a restart", person, maeve, said)
        with part("a crash of the database server while Handrail runs"):
            cluster.stop()
            check("a lost database is said", person.call("GET", "/conversation").status == 503)
            status, body = server.ready()
            check("and /readyz says so", status == 503 and b'"answers":false' in body, (status, body))
            cluster.start()
            everything_is_there("after a crash of the database", person, maeve, said)
            check("and /readyz is well again", server.ready()[0] == 200)
        with part("kill -9"):
            server.kill()
            server.start()
            everything_is_there("after kill -9", person, maeve, said)
        with part("audit verify while serving"):
            status, out, err = run(binary, "audit", "verify", "--config", config, "--folder", folder / "var")
            check("audit verify holds on PostgreSQL", status == 0 and b"every link holds" in out, out + err)
        with part("doctor while serving"):
            doctor_on_postgres(binary, cluster, config, folder / "var")
        with part("backup, and pg_restore"):
            restored_serves(binary, cluster, config, folder / "var", folder, person, said)
        with part("store copy, both ways"):
            embedded, took = copied_both_ways(binary, cluster, config, folder / "var", folder, person, said)
        with part("store copy, cut short"):
            cut_short(binary, cluster, embedded.config, took, folder, folder / "var" / "master.key")
        with part("nothing stands in clear"):
            nothing_stands_in_clear(marks, cluster, databases, server, folder / "var")
        with part("the search itself"):
            the_search_finds_what_is_there(cluster, databases, server, folder / "var")
        check("Ctrl-C ends it with 0", server.stop() == 0)
    finally:
        server.kill()


if __name__ == "__main__":
    sys.exit(on_postgres(story, "handrail-on-postgres-", __doc__))
