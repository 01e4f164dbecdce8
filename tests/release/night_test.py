#!/usr/bin/env python3
"""The night's pass on one node, on three and with one killed: tests/release/night_test.py BINARY FILLER [--keep FOLDER] [--people N]

One service of some hundred people is generated and copied as a whole, so that the same people stand in every copy. One node judges
the first copy by the clock. Three judge the second by the clock, and are each told to judge everybody at the same moment. In the third
a node is killed (kill -9) with half of its findings kept, and two others go on. What was found is the same in all, once.

A finding's id is made of person, measure, kind, urgency and week (`Nightly::id_of`): equal ids are the same thing found of the same
person at the same time. FILLER is handrail_judge. With --people 2500 a pass has three slices.
"""

import pathlib
import shutil
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import check, part  # noqa: E402
from demo_server import DemoServer, run  # noqa: E402
from on_postgres import on_postgres  # noqa: E402
from writers import until  # noqa: E402

SMALL = 300
NOW = "(extract(epoch FROM now()) * 1000000)::bigint"
DUE = f"UPDATE handrail.job SET due_at = {NOW}, claimed_until = NULL WHERE kind = 'nightly'"
LET_GO = f"UPDATE handrail.job SET claimed_until = {NOW} WHERE kind = 'nightly' AND claimed_until > {NOW}"
# Of every organisation: the service, and the one in which it walks its own way.
OVER = f"SELECT count(*) >= 1 AND bool_and(due_at > {NOW} AND claimed_until IS NULL) FROM handrail.job WHERE kind = 'nightly'"
FINDINGS = ("SELECT encode(finding, 'hex'), encode(person, 'hex'), about, urgency, category, rule FROM handrail.finding "
            "WHERE about IN ('course', 'silence') ORDER BY 1")
ENTRIES = "SELECT encode(finding, 'hex'), encode(person, 'hex') FROM handrail.list_entry ORDER BY 1"
# Each finding takes a moment, so that a node is met in the midst of its slice on a fast machine too.
SLOWED = ("CREATE FUNCTION public.a_moment() RETURNS trigger LANGUAGE plpgsql AS "
          "'BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END'",
          "CREATE TRIGGER a_moment BEFORE INSERT ON handrail.finding FOR EACH ROW EXECUTE FUNCTION public.a_moment()")


class Copies:
    """A generated service, and copies of it with nodes of their own. All share its keys."""

    def __init__(self, cluster, folder, binary):
        self.cluster = cluster
        self.folder = folder
        self.binary = binary
        self.first = cluster.fresh_databases()
        self.configs(self.first, "first", "a", make_keys=True)

    def configs(self, databases, name, nodes, make_keys=False):
        where = self.folder / name
        where.mkdir()
        if make_keys:
            (self.folder / "keys").mkdir(mode=0o700)
        return [self.cluster.configuration(where / f"{node}.toml", databases, f'folder = "node-{node}"', "[keys]",
                                           f'master = "{self.folder / "keys/master.key"}"',
                                           f'epoch = "{self.folder / "keys/epoch.key"}"') for node in nodes]

    def fill(self, filler, people):
        config = self.folder / "first/a.toml"
        status, out, err = run(filler, "fill", config, people)
        check("a service is generated", status == 0, out + err)
        # The first round of a server writes down when the next night begins.
        server = DemoServer(self.binary, None, self.folder / "log-first", "--config", config, demo=False)
        server.start()
        check("the night is planned", until(lambda: self.cluster.ask(self.first[0], OVER) == "t"))
        check("Ctrl-C ends it with 0", server.stop() == 0)
        self.cluster.ask(self.first[0], DUE)

    def copy(self, name, nodes):
        """Databases like the first, and that many servers on them, not started."""
        databases = [f"{each}_{name}" for each in self.first]
        for old, new, owner in zip(self.first, databases, ("handrail", "handrail_keys")):
            self.cluster.ask("postgres", f"CREATE DATABASE {new} OWNER {owner} TEMPLATE {old}",
                             f"REVOKE CONNECT ON DATABASE {new} FROM PUBLIC")
        configs = self.configs(databases, name, nodes)
        # What the node of the first service keeps beside the databases came with it.
        for node in nodes:
            shutil.copytree(self.folder / "first/node-a", self.folder / name / f"node-{node}")
        return databases[0], [DemoServer(self.binary, None, self.folder / f"log-{name}-{node}", "--config", config, demo=False)
                              for node, config in zip(nodes, configs)]


def lines(cluster, database, question):
    return cluster.ask(database, question).splitlines()


def one_node(cluster, copies):
    database, (node,) = copies.copy("one", "a")
    node.start()
    try:
        check("one node judges everybody", until(lambda: cluster.ask(database, OVER) == "t"))
        found = lines(cluster, database, FINDINGS), lines(cluster, database, ENTRIES)
        check("Ctrl-C ends it with 0", node.stop() == 0)
    finally:
        node.kill()
    return found


def three_nodes(cluster, copies):
    database, nodes = copies.copy("three", "abc")
    told = []
    try:
        for node in nodes:
            node.spawn()
        for node in nodes:
            node.wait_ready()
        asking = [threading.Thread(target=lambda node=node: told.append(run(node.binary, "judge", "--all", *node.more)))
                  for node in nodes]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        check("each says how many it judged", len(told) == 3 and all(status == 0 for status, _, _ in told), told)
        check("the clock's pass ends too", until(lambda: cluster.ask(database, OVER) == "t"))
        found = lines(cluster, database, FINDINGS), lines(cluster, database, ENTRIES)
        for node in nodes:
            check("Ctrl-C ends a node with 0", node.stop() == 0)
    finally:
        for node in nodes:
            node.kill()
    return found


def one_killed(cluster, copies, expected):
    database, nodes = copies.copy("killed", "abc")
    cluster.ask(database, *SLOWED)
    count = "SELECT count(*) FROM handrail.finding WHERE about IN ('course', 'silence')"
    try:
        nodes[0].spawn()
        half = until(lambda: int(cluster.ask(database, count)) >= expected // 2)
        nodes[0].kill()
        kept = int(cluster.ask(database, count))
        check("a node is killed with half of its findings kept", half and kept < expected, (kept, expected))
        held = cluster.ask(database, "SELECT bool_or(claimed_until IS NOT NULL) FROM handrail.job WHERE kind = 'nightly'")
        check("it holds the slice, and gives nothing back", held == "t", held)
        for node in nodes[1:]:
            node.start()
        time.sleep(2)
        check("nobody takes it before its minute is over", int(cluster.ask(database, count)) == kept)
        for node in nodes[1:]:
            check("Ctrl-C ends a node with 0", node.stop() == 0)
        cluster.ask(database, LET_GO)
        for node in nodes[1:]:
            node.start()
        check("the others go on where it stood", until(lambda: cluster.ask(database, OVER) == "t"))
        found = lines(cluster, database, FINDINGS), lines(cluster, database, ENTRIES)
        status, out, err = run(nodes[1].binary, "audit", "verify", *nodes[1].more)
        check("every link of the audit record holds", status == 0 and b"every link holds" in out, out + err)
        for node in nodes[1:]:
            check("Ctrl-C ends a node with 0", node.stop() == 0)
    finally:
        for node in nodes:
            node.kill()
    return found


def difference(found, expected):
    """How many are lost and how many are there that should not be, and one of each."""
    lost, more = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    return f"{len(found)} of {len(expected)}; lost {len(lost)} {lost[:1]}, more {len(more)} {more[:1]}"


def story(cluster, folder, binary, filler):
    people = int(sys.argv[sys.argv.index("--people") + 1]) if "--people" in sys.argv else SMALL
    with part("a service is generated"):
        copies = Copies(cluster, folder, binary)
        copies.fill(filler, people)
    with part("one node"):
        alone = one_node(cluster, copies)
        check("there is something to find", len(alone[0]) >= people // 10, len(alone[0]))
        check("not everybody is found something of", len({line.split("|")[1] for line in alone[0]}) < people)
    with part("three nodes"):
        shared = three_nodes(cluster, copies)
        check("three nodes find what one finds, once", shared[0] == alone[0], difference(shared[0], alone[0]))
        check("and it stands on the list once", shared[1] == alone[1], difference(shared[1], alone[1]))
    with part("one of them killed"):
        survived = one_killed(cluster, copies, len(alone[0]))
        check("nothing is lost or doubled when a node is killed", survived[0] == alone[0], difference(survived[0], alone[0]))
        check("nor on the list", survived[1] == alone[1], difference(survived[1], alone[1]))
    print(f"    {len(alone[0])} findings of {people} people", flush=True)


if __name__ == "__main__":
    sys.exit(on_postgres(story, "handrail-night-", __doc__, programs=2))
