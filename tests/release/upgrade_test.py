#!/usr/bin/env python3
"""A rolling upgrade under load: tests/release/upgrade_test.py BINARY NEXT-BINARY [--keep FOLDER]

One node of today's version serves people who write all the time. A node of the next version (today's, with one migration
more) starts on the same databases: it makes its backup, waits for its turn behind somebody's long report, migrates, and
serves beside the first. Nobody is shown an error and nothing acknowledged is lost; the first node says that it is to be
replaced, is stopped, and is refused when it is started again. The backup is the way back.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from balancer import Balancer  # noqa: E402
from checks import check, part  # noqa: E402
from demo_server import DemoServer, run, sign_in_person, sign_in_staff  # noqa: E402
from on_postgres import on_postgres  # noqa: E402
from writers import acknowledged, everything_once, stop, until, writers_for  # noqa: E402

PEOPLE = 6
REPORT = 12  # seconds that somebody's report reads the messages, while the upgrade wants to change them
NEWER = "Another node runs a newer version: replace this one."


def nobody_was_shown_an_error(writers, when):
    check(f"nobody is shown an error {when}", not any(writer.shown or writer.refused for writer in writers),
          [(writer.shown + writer.refused)[:3] for writer in writers])


def report(cluster, database):
    """A long reader of the busiest table, as a dump or somebody's query is."""
    process = subprocess.Popen(
        [cluster.binaries / "psql", "-X", "-q", "-h", cluster.folder, "-p", str(cluster.port), "-U", "postgres", "-d", database,
         "-c", f"BEGIN; SELECT count(*) FROM handrail.message; SELECT pg_sleep({REPORT}); COMMIT"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    reading = until(lambda: cluster.ask(database, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' "
                                                  "AND wait_event = 'PgSleep'") == "1")
    check("the report reads", reading)
    return process


def turns_not_had(cluster):
    """How often a statement of the migration gave up waiting, as the database server's log says."""
    return cluster.log.read_text(errors="replace").count("canceling statement due to lock timeout")


def shape(cluster, database):
    """What the migration adds, as far as it is there: columns, an index, a table with its policy, the version."""
    return [cluster.ask(database, each) for each in (
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'handrail' AND column_name IN "
        "('next_note', 'next_count')",
        "SELECT count(*) FROM pg_indexes WHERE schemaname = 'handrail' AND indexname = 'message_next'",
        "SELECT count(*) FROM pg_policies WHERE schemaname = 'handrail' AND tablename = 'next_thing'",
        "SELECT max(version) FROM handrail.schema_version")]


def the_way_back(binary, cluster, folder, node_b, keys, writers, before):
    """The backup that the new version made, restored as docs/operations.md says, serves with today's binary."""
    made = [path for path in (node_b / "backups").iterdir() if "-before-" in path.name]
    check("the new version made its backup first", len(made) == 1 and (made[0] / "manifest").exists(), made)
    databases = cluster.fresh_databases()
    cluster.restore(made[0] / "data.db", databases[0], "handrail")
    cluster.restore(made[0] / "keys.db", databases[1], "handrail_keys")
    there = folder / "way-back"
    there.mkdir(mode=0o700)
    shutil.copy(made[0] / "epoch.key", there / "epoch.key")
    shutil.copy(keys / "master.key", there / "master.key")
    config = cluster.configuration(folder / "way-back.toml", databases)
    server = DemoServer(binary, there, folder / "log-way-back", "--config", config).start()
    try:
        for writer, marks in zip(writers, before):
            person = sign_in_person(server, writer.login)
            record = json.dumps(person.must("GET", "/privacy/download"))
            missing = [mark for mark in marks if mark not in record]
            check("the way back has what was acknowledged before the upgrade", not missing and marks, missing)
            person.close()
    finally:
        server.stop()


def story(cluster, folder, binary, next_binary):
    databases = cluster.fresh_databases()
    keys = folder / "keys"
    configs = cluster.nodes(folder, databases, "ab")
    old, new = (DemoServer(program, None, folder / f"log-{name}", "--config", config)
                for program, name, config in zip((binary, next_binary), "ab", configs))
    balancer = reading = None
    writers = []
    try:
        with part("a node of today's version starts, and people write"):
            old.spawn()
            old.wait_ready(900)
            balancer = Balancer([old])
            kit = sign_in_staff(old, "kit")
            check("nothing is said of another version", "replace" not in kit.must("GET", "/admin/state"))
            version = int(shape(cluster, databases[0])[3])
            check("nothing of the next version is there", shape(cluster, databases[0]) == ["0", "0", "0", str(version)])
            writers = writers_for(balancer, PEOPLE)
            check("they are acknowledged", until(lambda: acknowledged(writers) > 20 * PEOPLE), acknowledged(writers))
        with part("a node of the next version starts, behind a long report"):
            before = [[mark for marks in writer.acknowledged.values() for mark in list(marks)] for writer in writers]
            reading = report(cluster, databases[0])
            given_up = turns_not_had(cluster)
            new.spawn()
            check("the upgrade wants its turn and does not get it while the report reads",
                  until(lambda: turns_not_had(cluster) >= given_up + 2) and reading.poll() is None)
            during = acknowledged(writers)
            check("people are served while the upgrade waits", until(lambda: acknowledged(writers) > during + 5 * PEOPLE)
                  and reading.poll() is None, acknowledged(writers) - during)
            check("nothing was changed half", shape(cluster, databases[0]) == ["0", "0", "0", str(version)])
            new.wait_ready(300)
            check("it came after the report", reading.poll() == 0)
            check("the store is upgraded", shape(cluster, databases[0]) == ["2", "1", "1", str(version + 1)],
                  shape(cluster, databases[0]))
            print(f"    {turns_not_had(cluster) - given_up} turns not had, longest wait of anybody "
                  f"{max(writer.longest for writer in writers):.1f} s", flush=True)
            check("nobody stood behind the report", max(writer.longest for writer in writers) < REPORT / 2,
                  [writer.longest for writer in writers])
        with part("both serve"):
            balancer.join(new)
            writers += writers_for(balancer, PEOPLE, first=PEOPLE)
            at_first = acknowledged(writers)
            check("everybody is acknowledged, at both", until(lambda: acknowledged(writers) > at_first + 40 * PEOPLE))
            check("connections go to both", balancer.open[old] and balancer.open[new])
            at_old, at_new = (sign_in_person(node, writers[0].login) for node in (old, new))
            for there in (at_old, at_new):
                check("each opens what either wrote", writers[0].acknowledged["messages"][0]
                      in json.dumps(there.must("GET", "/privacy/download")))
                there.close()
            nobody_was_shown_an_error(writers, "while two versions serve")
            check("nor left without an answer", not any(writer.unanswered for writer in writers))
            check("the administrator is told at the older node",
                  until(lambda: kit.must("GET", "/admin/state").get("replace", "").startswith(NEWER)))
            check("it stands in the older node's log", until(lambda: NEWER in old.log.read_text()))
            check("the newer node says nothing of it",
                  "replace" not in sign_in_staff(new, "kit").must("GET", "/admin/state") and NEWER not in new.log.read_text())
        with part("the older node is stopped, and stays out"):
            kit.close()
            balancer.leave(old)
            check("it ends with 0", old.stop() == 0)
            lines = [json.loads(line) for line in old.log.read_text().splitlines() if NEWER in line]
            check("it had said it in one line", [line["level"] for line in lines] == ["warn"], lines)
            status, out, err = run(binary, "serve", "--demo", "--port", "0", "--config", configs[0], timeout=60)
            check("started again it is refused, with both numbers", status == 1 and
                  f"at version {version + 1}, and this Handrail knows versions up to {version}.".encode() in err, out + err)
            at_stop = acknowledged(writers)
            check("people write on", until(lambda: acknowledged(writers) > at_stop + 20 * PEOPLE))
        with part("everything acknowledged is there, once"):
            stop(writers)
            nobody_was_shown_an_error(writers, "to the end")
            everything_once(writers)
        check("Ctrl-C ends the newer node with 0", new.stop() == 0)
        with part("the audit record"):
            status, out, err = run(next_binary, "audit", "verify", "--config", configs[1])
            check("every link holds, of both versions", status == 0 and b"every link holds" in out, out + err)
        with part("the way back"):
            the_way_back(binary, cluster, folder, folder / "node-b", keys, writers, before)
        print(f"    {acknowledged(writers)} acknowledged, {sum(writer.unanswered for writer in writers)} sent again when the "
              "older node stopped", flush=True)
    finally:
        if reading:
            reading.kill()
            reading.wait()
        old.kill()
        new.kill()
        if balancer:
            balancer.stop()


if __name__ == "__main__":
    sys.exit(on_postgres(story, "handrail-upgrade-", __doc__, programs=2))
