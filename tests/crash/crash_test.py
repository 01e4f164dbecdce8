#!/usr/bin/env python3
"""Kills the server with kill -9 at random moments under load, starts it again on the same folder, and looks:
everything that was acknowledged is there, nothing is there twice.

    tests/crash/crash_test.py --binary build/release/handrail --kills 50 [--seed 7] [--keep FOLDER]

Six clients write messages, check-ins and, as a clinician, notes for eight people of the demo as fast as the server takes
them. What got a 201 or 204 is acknowledged. What got no answer may be there or not, but once at most, and a repetition makes
it exactly once: with the same client_id, or, for a note, which has none, with the same Idempotency-Key; that is answered with
409 "done-before" when the note was written and its answer lost. A person whose acknowledged message was dangerous has exactly one open alert, until a clinician closes it; a
closing that was acknowledged stays. Now and then the server is killed while it is still starting. At the end everyone
downloads their whole record, and the audit record of the stopped store must hold.
"""

import collections
import contextlib
import datetime
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

PEOPLE = 8
CLIENTS = 6
STAFF = ("maeve", "idris", "noor")
CALM = ("I had lunch in the car again, {}", "work was long today {}", "my sister rang and we talked a bit {}",
        "I could not find the right words {}", "slept badly but went out for a walk {}")
DANGEROUS = ("I am going to kill myself tonight {}", "I want to end my life and I have the pills here {}")


class Deed:
    """One message, check-in or note, known by a mark that stands in its words."""

    def __init__(self, kind, person, mark, text):
        self.kind = kind
        self.person = person
        self.mark = mark
        self.text = text
        self.dangerous = False
        self.told_done = False  # the repetition was told that it had been done
        self.state = "unknown"  # then acknowledged, refused, or left (never repeated)

    def send(self, caller, version):
        if self.kind == "message":
            answer = caller.call("POST", "/conversation/messages", {"text": self.text, "client_id": self.mark})
        elif self.kind == "check_in":
            answer = caller.call("POST", "/check-ins", {
                "version": version, "client_id": self.mark,
                "answers": {"mood": 1 + len(self.mark) % 5, "sleep": 3, "did": ["people"], "note": self.text}})
        else:
            answer = caller.call("POST", f"/people/{self.person.id}/notes", {"text": self.text},
                                 key=f"the-key-of-{self.mark}")
        if answer.status in (201, 204):
            self.state = "acknowledged"
        elif answer.status == 409 and b"/problems/done-before" in answer.body:
            self.state = "acknowledged"
            self.told_done = True
        elif 400 <= answer.status < 500:
            self.state = "refused"
        return answer.status


class Person:
    def __init__(self, caller, login):
        self.caller = caller
        self.login = login
        self.id = caller.account["person"]
        self.alert_due = False  # a dangerous message was acknowledged since the last closing
        self.clinician = None   # someone of the person's team


class CrashTest:
    def __init__(self, options):
        self.options = options
        self.chance = random.Random(options.seed)
        self.folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="handrail-crash-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = DemoServer(options.binary, self.folder / "var", self.folder / "log")
        self.deeds = []
        self.closed = set()
        self.lost = []
        self.doubled = []
        self.wrong = []
        self.statuses = collections.Counter()
        self.restarts = []
        self.kills = 0
        self.kills_at_start = 0

    # --- one round ---

    def load(self, round_number):
        """Clients write until the server is gone; the server is killed at a random moment."""
        began = [threading.Event() for _ in range(CLIENTS)]
        made = [[] for _ in range(CLIENTS)]
        stop = threading.Event()

        def client(number):
            chance = random.Random(f"{self.options.seed}/{round_number}/{number}")
            callers = {}
            count = 0
            while not stop.is_set():
                person = chance.choice(self.people)
                caller = callers.setdefault(person.id, Caller(self.server, person.caller.cookie))
                mark = f"k{round_number}c{number}n{count}z"
                count += 1
                kind = chance.random()
                if kind < 0.15:
                    deed = Deed("staff_note", person, mark, f"prefers mornings {mark}")
                    caller = callers.setdefault("staff " + person.id, Caller(self.server, person.clinician.cookie))
                elif kind < 0.55:
                    deed = Deed("message", person, mark, "")
                    deed.dangerous = chance.random() < 0.15
                    deed.text = chance.choice(DANGEROUS if deed.dangerous else CALM).format(mark)
                else:
                    deed = Deed("check_in", person, mark, f"an ordinary day {mark}")
                made[number].append(deed)
                try:
                    self.statuses[deed.send(caller, self.form_version)] += 1
                except NO_ANSWER:
                    self.statuses["no answer"] += 1
                    if stop.is_set() or self.server.process.poll() is not None:
                        break
                    time.sleep(0.005)
                began[number].set()
            for caller in callers.values():
                caller.close()

        threads = [threading.Thread(target=client, args=(i,)) for i in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for event in began:
            event.wait(30)
        time.sleep(self.chance.uniform(0.1, 0.8))
        self.server.kill()
        self.kills += 1
        stop.set()
        for thread in threads:
            thread.join()
        return [deed for each in made for deed in each]

    def restart(self):
        for person in self.people:
            person.caller.close()
        while self.kills < self.options.kills and self.chance.random() < 0.12:
            self.server.spawn()
            time.sleep(self.chance.uniform(0, 0.4))
            self.server.kill()
            self.kills += 1
            self.kills_at_start += 1
        began = time.monotonic()
        self.server.start()
        self.restarts.append(time.monotonic() - began)

    # --- looking ---

    def stored_alerts(self):
        """Open alerts by person, as they lie on disk, read from a copy so that nothing is recovered in the original."""
        with tempfile.TemporaryDirectory() as copy:
            for name in ("handrail.db", "handrail.db-wal"):
                if (self.folder / "var" / name).exists():
                    shutil.copy(self.folder / "var" / name, copy)
            with contextlib.closing(sqlite3.connect(f"{copy}/handrail.db")) as database:
                check = database.execute("PRAGMA quick_check").fetchone()[0]
                if check != "ok":
                    self.wrong.append(f"the database file is damaged: {check}")
                return [count for (count,) in database.execute(
                    "SELECT COUNT(*) FROM alert WHERE state <> 'closed' GROUP BY person")]

    def words_of(self, person):
        """How often each message's text stands in the person's current conversation, all pages of it."""
        page = person.caller.must("GET", "/conversation")
        seen = {}
        items, before = page["messages"], page.get("earlier")
        while True:
            for message in items:
                if message["author"] == "person":
                    seen[message["id"]] = message["text"]
            if not before:
                return collections.Counter(seen.values())
            page = person.caller.must("GET", f"/conversation/messages?before={before}")
            items, before = page["items"], page.get("next")

    def notes_of(self, person, since):
        items = person.caller.must("GET", f"/check-ins?from={since}")["items"]
        return collections.Counter({each["id"]: each["answers"].get("note") for each in items}.values())

    def staff_notes_of(self, person, record=None):
        record = record or person.caller.must("GET", "/privacy/download")
        return collections.Counter(note["text"] for note in record["staff_notes"])

    def judge(self, deeds, counts, where):
        for deed in deeds:
            times = counts[deed.person.id][deed.kind][deed.text]
            told = f"{deed.kind} {deed.mark} of {deed.person.login} ({deed.state}) is there {times} times {where}"
            if times > 1:
                self.doubled.append(told)
            elif deed.state == "acknowledged" and times == 0:
                self.lost.append(told)
            elif deed.state == "refused" and times > 0:
                self.wrong.append(told)

    def alerts_now(self):
        """person -> alerts, over the caseloads of all teams."""
        found = collections.defaultdict(set)
        for staff in self.staff.values():
            for group in staff.must("GET", "/caseload")["groups"]:
                for row in group["people"]:
                    if row.get("alert"):
                        found[row["person"]].add(row["alert"])
        return found

    def look_at_alerts(self, where):
        found = self.alerts_now()
        for person in self.people:
            alerts = found[person.id]
            if len(alerts) > 1:
                self.doubled.append(f"{person.login} has {len(alerts)} open alerts {where}")
            if person.alert_due and not alerts:
                self.lost.append(f"{person.login} wrote of danger, got a 201, and has no open alert {where}")
            for again in alerts & self.closed:
                self.lost.append(f"the acknowledged closing of alert {again} of {person.login} {where}")
        return found

    def close_some(self, found):
        """Clinicians answer some alerts, so that later messages raise new ones."""
        for person in self.people:
            for alert in found[person.id]:
                if self.chance.random() > 0.4:
                    continue
                for staff in self.staff.values():
                    try:
                        taken = staff.call("POST", f"/alerts/{alert}/acknowledge", {"note": "calling"})
                        if taken.status not in (200, 409):
                            continue
                        done = staff.call("POST", f"/alerts/{alert}/outcome",
                                          {"outcome": "reached", "record": "Rang. Spoke for five minutes."})
                    except NO_ANSWER:
                        self.wrong.append(f"no answer on closing an alert of {person.login}")
                        break
                    if done.status == 200:
                        self.closed.add(alert)
                        person.alert_due = False
                        break

    def round(self, number):
        since = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=2)).strftime(
            "%Y-%m-%dT%H:%M:%S.000Z")
        deeds = self.load(number)
        where = f"after kill {self.kills}"
        if any(count > 1 for count in self.stored_alerts()):
            self.doubled.append(f"somebody has two open alerts on disk {where}")
        self.restart()
        # Half of what got no answer is sent again, as the page does; the other half is let be.
        for deed in deeds:
            if deed.state == "unknown":
                if self.chance.random() < 0.5:
                    deed.state = "left"
                else:
                    deed.send(deed.person.clinician if deed.kind == "staff_note" else deed.person.caller, self.form_version)
        for deed in deeds:
            if deed.dangerous and deed.state == "acknowledged":
                deed.person.alert_due = True
        noted = {deed.person.id for deed in deeds if deed.kind == "staff_note"}
        counts = {person.id: {"message": self.words_of(person), "check_in": self.notes_of(person, since),
                              "staff_note": self.staff_notes_of(person) if person.id in noted else collections.Counter()}
                  for person in self.people}
        self.judge(deeds, counts, where)
        found = self.look_at_alerts(where)
        self.deeds += deeds
        if number % 2 == 1:
            self.close_some(found)
        if number % 5 == 0:
            for person in self.people:
                person.caller.must("POST", "/conversation/new", {"memory": True})
        return deeds

    # --- the whole ---

    def sign_in(self):
        log_ins = Caller(self.server).must("GET", "/demo/log-ins")
        self.people = [Person(sign_in_person(self.server, each["login"]), each["login"])
                       for each in log_ins["people"][:PEOPLE]]
        self.staff = {login: sign_in_staff(self.server, login) for login in STAFF}
        for staff in self.staff.values():
            theirs = {row["person"] for group in staff.must("GET", "/caseload")["groups"] for row in group["people"]}
            for person in self.people:
                if person.id in theirs and person.clinician is None:
                    person.clinician = staff
        self.form_version = self.people[0].caller.must("GET", "/check-in/form")["version"]
        for person in self.people:
            person.caller.must("POST", "/conversation/new", {"memory": False})

    def everything(self, person):
        """Both counters out of the download of the whole record."""
        record = person.caller.must("GET", "/privacy/download")
        words = collections.Counter(message["text"] for message in record["messages"] if message["author"] == "person")
        notes = collections.Counter(field["value"] for answer in record["answers"] if answer["kind"] == "check_in"
                                    for field in answer["answers"] if field["field"] == "note")
        return {"message": words, "check_in": notes, "staff_note": self.staff_notes_of(person, record)}

    def run(self):
        began = time.monotonic()
        self.server.start()
        self.sign_in()
        print(f"demo filled and {len(self.people)} people signed in, {time.monotonic() - began:.1f} s; "
              f"seed {self.options.seed}", flush=True)
        number = 0
        while self.kills < self.options.kills:
            number += 1
            deeds = self.round(number)
            states = collections.Counter(deed.state for deed in deeds)
            print(f"kill {self.kills:3d}  " + "  ".join(f"{state} {states[state]}" for state in
                                                       ("acknowledged", "refused", "unknown", "left"))
                  + f"  restart {self.restarts[-1]:.2f} s", flush=True)
            if len(self.lost) + len(self.doubled) + len(self.wrong) > 20:
                break
        self.judge(self.deeds, {person.id: self.everything(person) for person in self.people}, "at the end")
        self.look_at_alerts("at the end")
        status = self.server.stop()
        if status != 0:
            self.wrong.append(f"the server ended with {status} on Ctrl-C")
        status, out, err = run(self.options.binary, "audit", "verify", "--folder", self.folder / "var")
        audit = (out + err).decode(errors="replace").strip()
        if status != 0:
            self.wrong.append(f"audit verify: {audit}")
        return self.report(audit, time.monotonic() - began)

    def report(self, audit, seconds):
        acknowledged = [deed for deed in self.deeds if deed.state == "acknowledged"]
        kinds = collections.Counter(deed.kind for deed in acknowledged)
        print(f"\nacknowledged: {kinds['message']} messages, {kinds['check_in']} check-ins, {kinds['staff_note']} notes "
              f"({sum(deed.told_done for deed in acknowledged)} told that they were done before), "
              f"{sum(deed.dangerous for deed in acknowledged)} of them dangerous, {len(self.closed)} alerts closed")
        print("answers: " + ", ".join(f"{status}: {count}" for status, count in self.statuses.most_common()))
        restarts = sorted(self.restarts)
        print(f"restart: median {restarts[len(restarts) // 2]:.2f} s, longest {restarts[-1]:.2f} s; "
              f"{self.kills_at_start} kills while starting")
        print(f"audit: {audit}")
        for name, list_ in (("LOST", self.lost), ("DOUBLED", self.doubled), ("WRONG", self.wrong)):
            for each in list_[:20]:
                print(f"{name}  {each}")
        if not acknowledged:
            self.wrong.append("nothing was acknowledged")
        print(f"{seconds:.0f} s")
        print(f"{self.kills} kills: {len(self.lost)} lost, {len(self.doubled)} doubled"
              + (f", {len(self.wrong)} otherwise wrong" if self.wrong else ""))
        return 0 if not (self.lost or self.doubled or self.wrong) else 1

    def clean_up(self):
        self.server.kill()


if __name__ == "__main__":
    sys.exit(run_seeded(__doc__, 50, CrashTest))
