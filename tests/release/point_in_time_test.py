#!/usr/bin/env python3
"""A point in time between two backups, on PostgreSQL: tests/release/point_in_time_test.py BINARY [--keep FOLDER]

The drill of docs/operations.md. A cluster archives its write-ahead log; a base backup is made; people write before an instant
and after it, and one is erased after it. The cluster is lost. Another is recovered to the instant, with the newest keys: it
holds what was acknowledged before and nothing of what came after, every sealed row opens, the audit record is whole, and who
was erased is erased again.
"""

import json
import pathlib
import re
import shutil
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import check, part  # noqa: E402
from demo_server import Caller, DemoServer, run, sign_in_person  # noqa: E402
from on_postgres import on_postgres  # noqa: E402
from postgres_cluster import Cluster  # noqa: E402
from writers import acknowledged, bytes_of, everything_once, stop, until, writers_for  # noqa: E402

PEOPLE = 4


def written_by(writers):
    return [{kind: list(marks) for kind, marks in writer.acknowledged.items()} for writer in writers]


def write_a_while(writers, server):
    began = acknowledged(writers)
    check("people are acknowledged", until(lambda: acknowledged(writers) > began + 20 * PEOPLE))
    stop(writers)
    for writer in writers:
        writer.caller.close()
    check("nobody was refused", not any(writer.refused for writer in writers))


def somebody_to_erase(server):
    """A person of the demo about whom no alert is open: asks, and then has written something besides."""
    for each in reversed(Caller(server).must("GET", "/demo/log-ins")["people"]):
        person = sign_in_person(server, each["login"])
        if person.call("POST", "/privacy/erase", {}).status == 200:
            person.must("DELETE", "/privacy/erase")
            return person, each["login"]
    raise AssertionError("nobody can ask to be erased")


class Recovered:
    """A folder with keys, and a configuration of a record and a key store."""

    def __init__(self, cluster, folder, databases, master, epoch, erasures=None):
        self.folder = folder
        folder.mkdir(mode=0o700)
        shutil.copy(master, folder / "master.key")
        shutil.copy(epoch, folder / "epoch.key")
        if erasures:
            (folder / "backups").mkdir(mode=0o700)
            shutil.copy(erasures, folder / "backups" / "erasures")
        self.config = cluster.configuration(folder.with_suffix(".toml"), databases, f'folder = "{folder}"')

    def looked_at(self, binary):
        status, out, err = run(binary, "restore", "--verify", "--config", self.config)
        return status, out.decode(), err.decode()


def story(cluster, folder, binary):
    recovered = None
    var = folder / "var"
    databases = cluster.fresh_databases()
    config = cluster.configuration(folder / "handrail.toml", databases, f'folder = "{var}"')
    server = DemoServer(binary, None, folder / "log", "--config", config)
    other = None
    try:
        with part("a service whose write-ahead log is archived; a base backup"):
            server.spawn()
            server.wait_ready(900)
            cluster.base_backup(cluster.folder / "base")
        with part("people write, before and after an instant; one is erased after it"):
            writers = writers_for(server, PEOPLE)
            gone, _ = somebody_to_erase(server)
            gone.must("POST", "/conversation/messages", {"text": "work was long today", "client_id": "gone"})
            write_a_while(writers, server)
            before = written_by(writers)
            time.sleep(1.5)
            instant = cluster.ask("postgres", "SELECT now()")
            clock = cluster.ask("postgres", "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')")
            shutil.copy(var / "epoch.key", folder / "epoch-then.key")
            time.sleep(1.5)
            later = writers_for(server, PEOPLE, begins="x")
            write_a_while(later, server)
            after = written_by(later)
            gone.must("POST", "/privacy/erase", {})
            # The seven days pass, in the database; the hourly round begins with a start.
            cluster.ask(databases[0], "UPDATE handrail.person SET erase_due_at = 1 WHERE erase_due_at IS NOT NULL")
            gone.close()
            check("it stops with 0", server.stop() == 0)
            server.start()
            erased = gone.account["person"]
            check("one person is erased, with a new epoch and a backup of its own", until(
                lambda: run(binary, "erase", erased, "--verify", "--config", config)[0] == 0 and
                any(path.name.endswith("-erasure") for path in (var / "backups").iterdir()), 120))
        with part("the cluster is lost"):
            cluster.archive_all()
            newest = max(path for path in (var / "backups").iterdir() if path.name.endswith("-erasure"))
            server.kill()
            cluster.stop()
        with part("another is recovered to the instant"):
            recovered = Cluster(recovered=(cluster.folder / "base", cluster.archive, instant))
            keys = "keys_newest"
            recovered.ask("postgres", f"CREATE DATABASE {keys} OWNER handrail_keys ENCODING 'UTF8' TEMPLATE template0")
            recovered.restore(newest / "keys.db", keys, "handrail_keys")
            then = Recovered(recovered, folder / "then", databases, var / "master.key", folder / "epoch-then.key")
            mixed = Recovered(recovered, folder / "mixed", databases, var / "master.key", newest / "epoch.key")
            there = Recovered(recovered, folder / "there", (databases[0], keys), var / "master.key", newest / "epoch.key",
                              var / "backups" / "erasures")
        with part("looked at before it serves"):
            status, out, err = mixed.looked_at(binary)
            check("keys of then with the epoch key of now are refused", status == 1 and "does not open the keys" in err, out + err)
            status, out, err = then.looked_at(binary)
            check("keys of then open with the epoch key of then", status == 0 and "restore verified" in out, out + err)
            check("that there is no list of erasures is said", "No list of erasures was found" in out, out)
            status, out, err = there.looked_at(binary)
            check("the newest keys open every row of then", status == 0 and "restore verified" in out, out + err)
            point = re.search(r"recovery point (\S+)", out)
            rows = re.search(r"sealed rows opened (\d+)", out)
            shut = re.search(r"rows of erased people, which stay shut (\d+)", out)
            check("the recovery point is before the instant", point and point.group(1)[:19] <= clock, (out, clock))
            check("there was something to open", rows and int(rows.group(1)) > 1000, out)
            check("the erased person's rows are there again, and shut", shut and int(shut.group(1)) > 0, out)
            check("they are named", f"erased later and here again: person {erased}" in out, out)
            status, out, err = run(binary, "audit", "verify", "--config", there.config)
            check("every link of the audit record holds", status == 0 and b"every link holds" in out, out + err)
        with part("it serves"):
            other = DemoServer(binary, None, folder / "log-there", "--config", there.config).start()
            for writer in writers:
                writer.caller.server = other
            everything_once(writers)
            for writer, kept, lost in zip(writers, before, after):
                record = json.dumps(writer.caller.must("GET", "/privacy/download"))
                check("something was acknowledged on both sides", all(sum(map(len, each.values())) > 5 for each in (kept, lost)))
                found = [mark for marks in lost.values() for mark in marks if mark in record]
                check("nothing of what came after the instant is there", not found, found)
            count = f"SELECT count(*) FROM handrail.message WHERE person = decode('{bytes_of(erased)}', 'hex')"
            check("who was erased is erased again by itself", until(lambda: recovered.ask(databases[0], count) == "0", 90))
            status, out, err = run(binary, "erase", erased, "--verify", "--config", there.config)
            check("and nothing there opens them", status == 0, out + err)
            status, out, err = there.looked_at(binary)
            check("looked at again: nobody is left to erase", status == 0 and "erased later" not in out, out + err)
            check("Ctrl-C ends it with 0", other.stop() == 0)
    finally:
        for each in (server, other):
            if each:
                each.kill()
        if recovered:
            recovered.remove()


if __name__ == "__main__":
    sys.exit(on_postgres(story, "handrail-point-in-time-", __doc__, archiving=True))
