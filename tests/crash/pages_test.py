#!/usr/bin/env python3
"""Kills the server with kill -9 between the moment a danger is written and the page that calls somebody for it, and counts
the pages by their delivery id at a pager of the test's own.

    tests/crash/pages_test.py --binary build/release/handrail --kills 200 [--seed 7] [--keep FOLDER]

Each round several people write of danger at once. The server dies at a random moment, or at a moment the pager picks: with a
page in hand that is not answered yet, or just answered and not yet noted. After the next start, every message that was
acknowledged has one open alert; every alert calls each responder once in the store; every delivery that the store calls sent
came to the pager, and what came to the pager is in the store under the same id, signed. Then a clinician acknowledges and
closes the alerts, at once or once all pages are out, and no page comes for them afterwards.
"""

import base64
import collections
import contextlib
import hashlib
import hmac
import http.server
import json
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "release"))
from demo_server import Caller, DemoServer, run, sign_in_person, sign_in_staff  # noqa: E402
from seeded import NO_ANSWER, run_seeded  # noqa: E402

PEOPLE = 5
STAFF = ("maeve", "idris", "noor")
SECRET = "a secret of the test, no service's own"
DANGEROUS = ("I am going to kill myself tonight {}", "I want to end my life and I have the pills here {}")
# How long after an acknowledgement a page may still come in: it had left before, and this machine was busy.
ON_ITS_WAY_SECONDS = 3


def plain(id_):
    """An id as the store has it: 26 letters and digits of base 32 (Crockford's) for 128 bits."""
    number = 0
    for letter in id_:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return f"{number:032x}"


class Pager:
    """Takes pages on loopback. `pick` says for each what happens: None, "before" or "after" (the answer, the server dies)."""

    def __init__(self, pick):
        self.pick = pick
        self.lock = threading.Lock()
        self.came = collections.defaultdict(list)  # delivery -> [(when, alert)]
        self.wrong = []
        self.taken = collections.Counter()  # delivery -> answers of 200 that were sent
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                outer.take(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # the other side was killed: that is the test

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def take(self, request, body):
        call = json.loads(body)
        id_, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        mac = hmac.new(SECRET.encode(), f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
        with self.lock:
            if request.headers["webhook-signature"] != "v1," + base64.b64encode(mac).decode():
                self.wrong.append(f"the signature of {id_} is not right")
            if id_ != call["delivery"]:
                self.wrong.append(f"{id_} says in its body that it is {call['delivery']}")
            self.came[id_].append((time.monotonic(), call["alert"]))
        picked, die = self.pick()
        if picked == "before":
            die()
            return  # never answered
        with contextlib.suppress(OSError):
            request.send_response(200)
            request.send_header("Content-Length", "0")
            request.end_headers()
            request.wfile.flush()
            with self.lock:
                self.taken[id_] += 1
        if picked == "after":
            die()

    def arrivals(self, alert):
        with self.lock:
            return [when for calls in self.came.values() for when, about in calls if about == alert]


class Person:
    def __init__(self, caller, login):
        self.caller = caller
        self.login = login
        self.id = caller.account["person"]


class PagesTest:
    def __init__(self, options):
        self.options = options
        self.chance = random.Random(options.seed)
        self.folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="handrail-pages-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.picked = None  # what the next page meets
        self.pick_lock = threading.Lock()
        self.died = threading.Event()
        self.pager = Pager(self.pick)
        config = self.folder / "handrail.toml"
        config.write_text(f'[alerts]\npager_url = "{self.pager.url}"\npager_secret = "environment:PAGES_TEST_SECRET"\n')
        self.server = DemoServer(options.binary, self.folder / "var", self.folder / "log", "--config", config,
                                 env={"PAGES_TEST_SECRET": SECRET})
        self.lost = []
        self.doubled = []
        self.wrong = []
        self.stale = []
        self.closed = {}  # alert -> when its acknowledgement was answered
        self.kills = collections.Counter()
        self.acknowledged = 0

    def pick(self):
        with self.pick_lock:
            picked, self.picked = self.picked, None
        return picked, self.die

    def die(self):
        self.server.kill()
        self.died.set()

    # --- one round ---

    def write(self, person, mark, text):
        """Whether it was acknowledged: None when no answer came."""
        caller = Caller(self.server, person.caller.cookie)
        try:
            return caller.call("POST", "/conversation/messages", {"text": text, "client_id": mark}).status == 201
        except NO_ANSWER:
            return None
        finally:
            caller.close()

    def round(self, number):
        self.died.clear()
        way = self.chance.choice(("moment", "before", "after"))
        with self.pick_lock:
            self.picked = None if way == "moment" else way
        told = {}
        texts = {each.id: self.chance.choice(DANGEROUS).format(f"r{number}") for each in self.people}

        def one(person):
            told[person.id] = self.write(person, f"r{number}-{person.id}", texts[person.id])

        threads = [threading.Thread(target=one, args=(each,)) for each in self.people]
        for each in threads:
            each.start()
        if way == "moment":
            time.sleep(self.chance.uniform(0.005, 1.5))
            self.die()
        elif not self.died.wait(20):
            self.wrong.append(f"no page came within 20 s in round {number}")
            self.die()
        for each in threads:
            each.join()
        self.kills[way] += 1
        with self.pick_lock:
            self.picked = None
        self.server.start()
        where = f"after kill {sum(self.kills.values())} ({way})"
        for person in self.people:
            if told[person.id] is None:  # as the page does: again, under the same id
                told[person.id] = self.write(person, f"r{number}-{person.id}", texts[person.id])
            if told[person.id]:
                self.acknowledged += 1
            else:
                self.wrong.append(f"a message of {person.login} was not taken {where}")
        if self.chance.random() < 0.5:
            self.wait_until_out(where)
        alerts = self.look(where)
        for alerts_of_one in alerts.values():
            for alert in alerts_of_one:
                self.close(alert, where)
        self.look_at_store(where)

    def open_alerts(self):
        """Of the people of this test."""
        found = {person.id: set() for person in self.people}
        for staff in self.staff.values():
            for group in staff.must("GET", "/caseload")["groups"]:
                for row in group["people"]:
                    if row.get("alert") and row["person"] in found:
                        found[row["person"]].add(row["alert"])
        return found

    def look(self, where):
        found = self.open_alerts()
        for person in self.people:
            if len(found[person.id]) > 1:
                self.doubled.append(f"{person.login} has {len(found[person.id])} open alerts {where}")
            if not found[person.id]:
                self.lost.append(f"{person.login} wrote of danger and has no open alert {where}")
        return found

    def close(self, alert, where):
        for staff in self.staff.values():
            taken = staff.call("POST", f"/alerts/{alert}/acknowledge", {"note": "calling"})
            if taken.status != 200:
                continue
            self.closed[alert] = time.monotonic()
            staff.must("POST", f"/alerts/{alert}/outcome", {"outcome": "reached", "record": "Rang. Spoke for five minutes."})
            return
        self.wrong.append(f"nobody could acknowledge an alert {where}")

    # --- the store, as it lies on disk ---

    def deliveries(self):
        with tempfile.TemporaryDirectory() as copy:
            for name in ("handrail.db", "handrail.db-wal"):
                if (self.folder / "var" / name).exists():
                    shutil.copy(self.folder / "var" / name, copy)
            with contextlib.closing(sqlite3.connect(f"{copy}/handrail.db")) as database:
                return database.execute("SELECT lower(hex(delivery)), lower(hex(alert)), hex(account), telling, state FROM delivery "
                                        "WHERE channel = 'pager' AND organisation NOT IN "
                                        "(SELECT organisation FROM organisation WHERE slug = 'walk')").fetchall()

    def wait_until_out(self, where):
        until = time.monotonic() + 60
        while any(state == "waiting" for *_, state in self.deliveries()):
            if time.monotonic() > until:
                self.lost.append(f"a page still waits after a minute {where}")
                return
            time.sleep(0.1)

    def look_at_store(self, where):
        """A copy is one moment of the store, and ids only ever come to be: the server may go on writing."""
        with self.pager.lock:
            came = {plain(each): each for each in self.pager.came}
        rows = self.deliveries()
        # What this test wrote is told once; an alert of the demo's own may go up meanwhile, each telling once.
        own = {plain(each) for each in self.closed}
        calls = collections.Counter((alert, account, 0 if alert in own else telling) for _, alert, account, telling, _ in rows)
        for (alert, *_), count in calls.items():
            if count > 1:
                self.doubled.append(f"somebody is called {count} times for alert {alert} {where}")
        for alert in own - {alert for _, alert, *_ in rows}:
            self.lost.append(f"nobody is to be called for alert {alert} {where}")
        known = {delivery for delivery, *_ in rows}
        for id_, told in came.items():
            if id_ not in known:
                self.wrong.append(f"page {told} came and the store knows nothing of it {where}")
        for delivery, *_, state in rows:
            if state == "sent" and delivery not in came:
                self.lost.append(f"page {delivery} is sent in the store and never came {where}")
            if state == "given_up":
                self.lost.append(f"page {delivery} was given up {where}")

    # --- the whole ---

    def run(self):
        began = time.monotonic()
        self.server.start()
        log_ins = Caller(self.server).must("GET", "/demo/log-ins")
        self.staff = {login: sign_in_staff(self.server, login) for login in STAFF}
        theirs = {row["person"] for staff in self.staff.values() for group in staff.must("GET", "/caseload")["groups"]
                  for row in group["people"]}
        people = (Person(sign_in_person(self.server, each["login"]), each["login"]) for each in log_ins["people"])
        self.people = [each for each in people if each.id in theirs][:PEOPLE]
        for person in self.people:
            person.caller.must("POST", "/conversation/new", {"memory": False})
        for alerts in self.open_alerts().values():  # of the demo's own: told anew, they would be told twice
            for alert in alerts:
                self.close(alert, "at the beginning")
        self.closed.clear()
        print(f"{len(self.people)} people signed in, {time.monotonic() - began:.1f} s; seed {self.options.seed}", flush=True)
        number = 0
        while sum(self.kills.values()) < self.options.kills:
            number += 1
            self.round(number)
            if len(self.lost) + len(self.doubled) + len(self.wrong) > 20:
                break
        self.wait_until_out("at the end")
        time.sleep(ON_ITS_WAY_SECONDS)
        self.look_at_store("at the end")
        for alert, when in self.closed.items():
            for arrived in self.pager.arrivals(alert):
                if arrived > when + ON_ITS_WAY_SECONDS:
                    self.stale.append(f"a page for alert {alert} came {arrived - when:.1f} s after it was acknowledged")
        self.wrong += self.pager.wrong
        if self.server.stop() != 0:
            self.wrong.append("the server did not end well on Ctrl-C")
        status, out, err = run(self.options.binary, "audit", "verify", "--folder", self.folder / "var")
        if status != 0:
            self.wrong.append(f"audit verify: {(out + err).decode(errors='replace').strip()}")
        return self.report(time.monotonic() - began)

    def report(self, seconds):
        pages = sum(len(calls) for calls in self.pager.came.values())
        again = sum(len(calls) - 1 for calls in self.pager.came.values())
        states = collections.Counter(state for *_, state in self.deliveries())
        print(f"{self.acknowledged} dangers acknowledged, {len(self.closed)} alerts closed; in the store "
              + ", ".join(f"{count} {state}" for state, count in states.most_common())
              + f"; at the pager {pages} pages of {len(self.pager.came)} deliveries, {again} of them again")
        if not self.pager.came or not self.closed:
            self.wrong.append("nothing was paged or closed")
        for name, list_ in (("LOST", self.lost), ("DOUBLED", self.doubled), ("STALE", self.stale), ("WRONG", self.wrong)):
            for each in list_[:20]:
                print(f"{name}  {each}")
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.kills.most_common())
        print(f"{seconds:.0f} s\n{sum(self.kills.values())} kills ({kinds}): {len(self.lost)} lost, {len(self.doubled)} doubled, "
              f"{len(self.stale)} stale, {len(self.wrong)} otherwise wrong")
        return 1 if self.lost or self.doubled or self.stale or self.wrong else 0

    def clean_up(self):
        self.server.kill()
        self.pager.server.shutdown()


if __name__ == "__main__":
    sys.exit(run_seeded(__doc__, 25, PagesTest))
