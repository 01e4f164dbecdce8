#!/usr/bin/env python3
"""New epochs while three nodes serve: tests/release/epoch_test.py BINARY [--keep FOLDER]

Three nodes on one PostgreSQL share one epoch key file. People write and sign up through all of them, while one node after the
other begins a new epoch, and while a person is erased, after which every node finds that a new epoch is due. Nobody is shown
an error, nothing acknowledged is lost, every node opens what was written under any epoch, and no former epoch key opens anything.
"""

import json
import pathlib
import shutil
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from balancer import Balancer  # noqa: E402
from checks import check, part  # noqa: E402
from demo_server import Caller, DemoServer, run, sign_in_person, sign_in_staff, sign_up  # noqa: E402
from on_postgres import on_postgres  # noqa: E402
from writers import acknowledged, bytes_of, everything_once, stop, until, writers_for  # noqa: E402

PEOPLE = 2
ROUNDS = 45.0  # seconds in which every node's keeper has looked twice


class Newcomers(threading.Thread):
    """People who sign up all the time: each needs a key of their own, wrapped with the epoch in force."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server = server
        self.people = []
        self.problems = []
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            try:
                caller = sign_up(self.server)
                caller.must("POST", "/conversation/messages", {"text": f"hello for number {len(self.people)}", "client_id": "1"})
                self.people.append(caller)
            except Exception as problem:  # whatever it is, somebody was shown it
                self.problems.append(repr(problem)[:300])
            time.sleep(0.05)


def epoch_at(caller):
    return caller.must("GET", "/admin/state")["keys"]["epoch"]


def somebody_asks_to_be_erased(server):
    """A person of the demo about whom no alert is open, from the end of the list: those at its beginning write. Their id."""
    for each in reversed(Caller(server).must("GET", "/demo/log-ins")["people"]):
        person = sign_in_person(server, each["login"])
        answer = person.call("POST", "/privacy/erase", {})
        person.close()
        if answer.status == 200:
            return person.account["person"]
    raise AssertionError("nobody can ask to be erased")


def opens_nothing(binary, cluster, folder, databases, master, former):
    for number, file in former.items():
        there = folder / f"former-{number}"
        there.mkdir(mode=0o700)
        config = cluster.configuration(folder / f"former-{number}.toml", databases, f'folder = "{there}"', "[keys]",
                                       f'master = "{master}"', f'epoch = "{file}"')
        status, out, err = run(binary, "audit", "verify", "--config", config)
        check(f"the key of epoch {number} opens nothing", status == 1 and b"does not open the keys" in err, out + err)


def story(cluster, folder, binary):
    databases = cluster.fresh_databases()
    keys = folder / "keys"
    configs = cluster.nodes(folder, databases, "abc")
    nodes = [DemoServer(binary, None, folder / f"log-{name}", "--config", config) for name, config in zip("abc", configs)]
    balancer = newcomers = None
    writers = []
    former = {}
    numbers = [0]

    def keep_the_key_in_force(number):
        former[number] = folder / f"epoch-{number}.key"
        shutil.copy(keys / "epoch.key", former[number])

    try:
        with part("three nodes start, and people write and sign up through all of them"):
            nodes[0].spawn()
            nodes[0].wait_ready(900)
            for other in nodes[1:]:
                other.start()
            kits = [sign_in_staff(nodes[0], "kit")]
            kits += [Caller(node, kits[0].cookie) for node in nodes[1:]]
            balancer = Balancer(nodes)
            erased = somebody_asks_to_be_erased(nodes[0])
            writers = [*writers_for(balancer, PEOPLE), *writers_for(nodes[1], 1, first=PEOPLE),
                       *writers_for(nodes[2], 1, first=PEOPLE + 1)]
            newcomers = Newcomers(balancer)
            newcomers.start()
            check("people are acknowledged and sign up", until(lambda: len(newcomers.people) > 5))
        with part("one node after the other begins a new epoch"):
            for expected, config in enumerate(configs, start=2):
                keep_the_key_in_force(expected - 1)
                status, out, err = run(binary, "keys", "rotate", "--what", "epoch", "--config", config)
                check(f"epoch {expected} is in force", status == 0 and f"Epoch {expected} is in force".encode() in out, out + err)
                came = len(newcomers.people)
                check("people sign up under it", until(lambda: len(newcomers.people) > came + 5), newcomers.problems[:3])
        with part("a person is erased; each node finds a new epoch due"):
            keep_the_key_in_force(4)
            # The seven days pass, in the database: nothing else makes them in a test. The hourly round begins with a start.
            cluster.ask(databases[0], "UPDATE handrail.person SET erase_due_at = 1 WHERE erase_due_at IS NOT NULL")
            balancer.leave(nodes[0])
            check("a node is stopped", nodes[0].stop() == 0)
            nodes[0].start()
            balancer.join(nodes[0])
            gone = f"SELECT count(*) FROM handrail_keys.person_key WHERE person = decode('{bytes_of(erased)}', 'hex') AND " \
                   "erased_at IS NOT NULL AND length(wrapped) = 0"
            check("the person's key is gone", until(lambda: cluster.ask(databases[1], gone) == "1"))
            check("a new epoch is begun", until(lambda: epoch_at(kits[0]) >= 5))
            time.sleep(ROUNDS)
            numbers = [epoch_at(kit) for kit in kits]
            check("every node has the same one", len(set(numbers)) == 1 and numbers[0] >= 5, numbers)
            for name, config in zip("abc", configs):
                status, out, err = run(binary, "erase", erased, "--verify", "--config", config)
                check(f"nothing of node {name} opens them", status == 0, out + err)
        with part("nobody was shown an error"):
            newcomers.stopping.set()
            newcomers.join(60)
            stop(writers)
            check("everybody who signed up was let in", not newcomers.problems or
                  all("RemoteDisconnected" in each or "Connection" in each for each in newcomers.problems), newcomers.problems[:3])
            check("nobody who wrote was shown an error", not any(writer.shown or writer.refused for writer in writers),
                  [(writer.shown + writer.refused)[:3] for writer in writers])
        with part("every node opens what was written under any epoch"):
            for node in nodes:  # started anew, so that no key is known from before
                node.kill()
            for node in nodes:
                node.start()
            everything_once(writers)
            for number, caller in enumerate(newcomers.people):
                there = Caller(nodes[number % 3], caller.cookie)
                check("whoever signed up finds their words", f"hello for number {number}"
                      in json.dumps(there.must("GET", "/conversation")))
                there.close()
            status, out, err = run(binary, "audit", "verify", "--config", configs[0])
            check("every link of the audit record holds", status == 0 and b"every link holds" in out, out + err)
        for node in nodes:
            check("Ctrl-C ends a node with 0", node.stop() == 0)
        with part("former epoch keys"):
            opens_nothing(binary, cluster, folder, databases, keys / "master.key", former)
        count = acknowledged(writers)
        print(f"    {count} acknowledged, {len(newcomers.people)} signed up, epoch {numbers[0]} at the end", flush=True)
    finally:
        for node in nodes:
            node.kill()
        if balancer:
            balancer.stop()


if __name__ == "__main__":
    sys.exit(on_postgres(story, "handrail-epochs-", __doc__))
