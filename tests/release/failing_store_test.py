#!/usr/bin/env python3
"""A store that cannot write, and one that is gone, while people write: tests/release/failing_store_test.py BINARY SHIM

The disk is full, read-only, broken, and hangs (SHIM: libfailing_disk.so); PostgreSQL is gone, and comes again. Each time the service says so, refuses what it cannot
keep, answers words of danger with the fixed words all the same, and comes back by itself; what was acknowledged is there once,
what was refused is not there.

    --seconds N     how long the store is away, when it hangs or is gone (25); 600 are ten minutes
    --keep FOLDER   leave everything there
"""

import argparse
import http.client
import json
import pathlib
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import Caller, DemoServer, run, sign_in_staff, sign_up  # noqa: E402
from postgres_cluster import Cluster, NoPostgres  # noqa: E402
from writers import until  # noqa: E402

DANGER = "I am going to kill myself tonight"


class Watched:
    """Reads /api/v1/events of somebody, and keeps the names of what it was told."""

    def __init__(self, caller):
        self.told = []
        reader = Caller(caller.server, caller.cookie)
        self.connection = http.client.HTTPConnection("127.0.0.1", caller.server.port, timeout=900)
        self.connection.request("GET", "/api/v1/events", headers={"Cookie": reader.cookie})
        self.answer = self.connection.getresponse()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            for line in self.answer:
                if line.startswith(b"event: "):
                    self.told.append(line[7:].strip().decode())
        except (OSError, ValueError, AttributeError):
            pass


def keeps(caller):
    return caller.must("GET", "/keeping")["keeps"]


def say(caller, text, mark):
    return caller.call("POST", "/conversation/messages?country=IE", {"text": f"{text} {mark}", "client_id": mark}, timeout=30)


def words_of(answer):
    return json.dumps(answer.json.get("blocks", []))


def no_store(server, staff, name, letter, fail, mend, seconds=0.0):
    """One failure from its beginning to its end. `seconds`: for so long nothing can be read either."""
    person = sign_up(server, "Rowan")
    anyone = Caller(server)
    before = f"before-{letter}"
    check(f"{name}: before it, words are kept", say(person, "work was long", before).status == 201)
    watched = Watched(person)
    time.sleep(0.3)

    fail()
    began = time.monotonic()
    check(f"{name}: it is noticed", until(lambda: not keeps(anyone), 40))
    check(f"{name}: an open page is told", until(lambda: "keeping" in watched.told, 5))

    calm = say(person, "work was long", f"calm-{letter}")
    check(f"{name}: calm words are refused", calm.status == 503, calm.status)
    check(f"{name}: in words", bool(calm.json.get("detail")), calm.body)
    check(f"{name}: and a time to try again", calm.headers.get("Retry-After") is not None)
    danger = say(person, DANGER, f"danger-{letter}")
    check(f"{name}: words of danger are refused too", danger.status == 503, danger.status)
    check(f"{name}: as not kept", danger.json.get("type") == "/problems/not-kept", danger.body)
    check(f"{name}: with the fixed words", "Call 112 or 999" in words_of(danger) and '"steps"' in words_of(danger), danger.body)
    check(f"{name}: and that nobody was told", '"nobody"' in words_of(danger) and "nobody here has been told" in danger.json["detail"])
    # A key of the right form that no session has: only the store could tell.
    unknown = person.cookie[:-6] + ("a" if person.cookie[-6] != "a" else "b") + person.cookie[-5:]
    stranger = Caller(server, unknown).call("POST", "/conversation/messages", {"text": DANGER, "client_id": "stranger"}, timeout=30)
    if seconds:
        check(f"{name}: also for whoever cannot be recognised", "Call" in words_of(stranger), stranger.body)
    note = person.call("POST", "/check-ins", {"version": form["version"], "client_id": f"check-{letter}",
                                              "answers": {"mood": 1, "sleep": 1, "did": [], "note": DANGER}}, timeout=30)
    check(f"{name}: a check-in's note gets them", note.status == 503 and "Call" in words_of(note), note.body)
    item = person.call("POST", "/questionnaires/phq-9/answers?country=IE", {"version": phq["version"], "partial": True, "answers": {
        phq["items"][8]["id"]: 3}}, timeout=30)
    check(f"{name}: an answer to the critical item gets them", item.status == 503 and "116 123" in words_of(item), item.body)

    help_now = anyone.call("GET", "/help?country=IE", timeout=30)
    check(f"{name}: the lines are there", help_now.status == 200 and len(help_now.json["lines"]) > 0, help_now.body)
    about = anyone.call("GET", "/service", timeout=30)
    check(f"{name}: what the service is, too", about.status == 200 and about.json["open"] is False, about.body)
    check(f"{name}: nobody new may begin", anyone.call("POST", "/sign-up", {
        "age_band": "26_64", "country": "IE", "language": "en", "consents": {}}, timeout=30).status in (403, 422, 503))
    ack = staff.call("GET", "/caseload", timeout=30)
    check(f"{name}: staff are told that their list was not read", ack.status == 503, ack.status)
    check(f"{name}: /readyz says no", server.ready()[0] == 503)
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))

    mend()
    for each in (person, staff, anyone):  # a connection that was idle for long is closed by then
        each.close()
    back = time.monotonic()
    check(f"{name}: it comes back by itself", until(lambda: keeps(anyone), 30))
    took = time.monotonic() - back
    check(f"{name}: the page is told again", until(lambda: watched.told.count("keeping") >= 2, 5))
    check(f"{name}: /readyz says yes again", server.ready()[0] == 200)
    again = say(person, DANGER, f"danger-{letter}")
    check(f"{name}: the same words again are kept", again.status == 201, again.body)
    texts = [each["text"] for each in person.must("GET", "/conversation")["messages"] if each["author"] == "person"]
    check(f"{name}: once", sum(f"danger-{letter}" in each for each in texts) == 1, texts)
    check(f"{name}: what was kept before is there", sum(before in each for each in texts) == 1, texts)
    check(f"{name}: what was refused is not", sum(f"calm-{letter}" in each for each in texts) == 0, texts)
    alerts = [row for group in staff.must("GET", "/caseload")["groups"] for row in group["people"]
              if row["person"] == person.account["person"] and row.get("alert")]
    check(f"{name}: and a human is asked for", len(alerts) == 1, alerts)
    print(f"  {name}: back {took:.1f} s after its end", flush=True)


def begun(server):
    """Somebody who is on duty; and what people are asked."""
    global form, phq
    someone = sign_up(server)
    form = someone.must("GET", "/check-in/form")
    phq = someone.must("GET", "/questionnaires/phq-9")
    return sign_in_staff(server, "maeve")


def ended(server, times, *where):
    check("it stops as it should", server.stop() == 0)
    log = server.log.read_text(errors="replace")
    check("each time stands in the log, with its end", log.count("is kept again, after") == times and
          log.count('"level":"error"') >= times, log[-3000:])
    check("without a word of anybody's", "kill myself" not in log and "work was long" not in log)
    status, out, err = run(given.binary, "audit", "verify", *where)
    check("the audit record is whole", status == 0, out + err)


parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("shim")
parser.add_argument("--seconds", type=float, default=25)
parser.add_argument("--keep")
given = parser.parse_args()

folder = folder_for("handrail-failing-store-", given.keep)
order = folder / "order"
data = folder / "var"
server = DemoServer(given.binary, data, folder / "log", env={
    "LD_PRELOAD": str(pathlib.Path(given.shim).resolve()), "FAILING_DISK": str(data.resolve()), "FAILING_DISK_ORDER": str(order)})
try:
    with part("start"):
        server.start()
        maeve = begun(server)
    for name, letter in (("a full disk", "f"), ("a read-only disk", "r"), ("a broken disk", "b"), ("a disk that hangs", "h")):
        with part(name):
            no_store(server, maeve, name, letter, lambda: order.write_text(letter), lambda: order.write_text(""),
                     given.seconds if letter == "h" else 0.0)
    with part("afterwards"):
        ended(server, 4, "--folder", data)
finally:
    server.kill()

cluster = None
try:
    cluster = Cluster()
    with part("PostgreSQL is gone"):
        configuration = cluster.configuration(folder / "postgres.toml", cluster.fresh_databases())
        server = DemoServer(given.binary, folder / "postgres", folder / "postgres.log", "--config", configuration)
        server.start()
        no_store(server, begun(server), "PostgreSQL is gone", "p", cluster.stop, cluster.start, given.seconds)
        ended(server, 1, "--config", configuration, "--folder", folder / "postgres")
except NoPostgres as missing:
    print(f"NOT RUN: PostgreSQL is gone: {missing}", flush=True)
finally:
    server.kill()
    if cluster:
        cluster.remove()
    let_go(folder, given.keep)
sys.exit(concluded())
