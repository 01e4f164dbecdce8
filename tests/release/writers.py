"""People who write all the time, and what has to be there of it afterwards."""

import collections
import http.client
import random
import threading
import time

from checks import check
from demo_server import Caller, sign_in_person

NO_ANSWER = (OSError, http.client.HTTPException)
AGAIN = (408, 429, 500, 502, 503, 504)
LONGEST = 60.0  # seconds until something has to have happened


class Writer(threading.Thread):
    """One person's browser: writes on, and sends what got no answer again, as the page does, until it is acknowledged."""

    def __init__(self, caller, login, version, begins):
        super().__init__(daemon=True)
        self.caller = caller
        self.login = login
        self.begins = begins
        self.version = version
        self.person = caller.account["person"]
        self.acknowledged = collections.defaultdict(list)
        self.refused = []
        self.shown = []  # what was answered other than well, when it was asked again all the same
        self.unanswered = 0
        self.repeated = 0
        self.longest = 0.0
        self.stopping = threading.Event()

    def run(self):
        chance = random.Random(self.person)
        number = 0
        while not self.stopping.is_set():
            number += 1
            mark = f"{self.begins}{number}{self.person[-6:]}"
            if number == 1:
                self.send("messages", "/conversation/messages",
                          {"text": f"I am going to kill myself tonight {mark}", "client_id": mark}, mark)
            elif chance.random() < 0.5:
                self.send("messages", "/conversation/messages", {"text": f"work was long today {mark}", "client_id": mark}, mark)
            else:
                self.send("answers", "/check-ins", {"version": self.version, "client_id": mark,
                                                    "answers": {"mood": 3, "sleep": 3, "did": [], "note": mark}}, mark)
            time.sleep(0.02)

    def send(self, kind, path, body, mark):
        began = time.monotonic()
        while True:
            try:
                status = self.caller.call("POST", path, body, timeout=10).status
                if status == 201:
                    self.acknowledged[kind].append(mark)
                    break
                if status not in AGAIN:
                    self.refused.append((status, mark))
                    break
                self.shown.append((status, mark))
            except NO_ANSWER:
                self.unanswered += 1
            self.repeated += 1
            time.sleep(0.2)
            if time.monotonic() - began > 2 * LONGEST:
                self.refused.append(("no answer", mark))
                break
        self.longest = max(self.longest, time.monotonic() - began)


def writers_for(server, people, first=0, begins="w"):
    """As many people of the demo, who begin to write to this server or balancer. Each mark begins with `begins`."""
    log_ins = Caller(server).must("GET", "/demo/log-ins")["people"][first:first + people]
    writers = []
    for each in log_ins:
        person = sign_in_person(server, each["login"])
        person.must("POST", "/conversation/new", {"memory": True})
        writers.append(Writer(person, each["login"], person.must("GET", "/check-in/form")["version"], begins))
    for writer in writers:
        writer.start()
    return writers


def acknowledged(writers):
    return sum(len(marks) for writer in writers for marks in writer.acknowledged.values())


def stop(writers):
    """Waits until each has its last answer."""
    for writer in writers:
        writer.stopping.set()
    for writer in writers:
        writer.join(3 * LONGEST)


def bytes_of(identifier):
    """An id as it stands in the database: Crockford's base 32 of 16 bytes, as the API writes it."""
    number = 0
    for letter in identifier:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return number.to_bytes(16, "big").hex()


def until(holds, seconds=LONGEST):
    """Whether it holds within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return holds()


def everything_once(writers):
    """Whoever wrote finds each acknowledged thing in what they can download, once."""
    for writer in writers:
        writer.caller.close()  # its node may have been stopped meanwhile
        record = writer.caller.must("GET", "/privacy/download")
        words = collections.Counter(message["text"].split()[-1] for message in record["messages"]
                                    if message["author"] == "person")
        notes = collections.Counter(field["value"] for answer in record["answers"] if answer["kind"] == "check_in"
                                    for field in answer["answers"] if field["field"] == "note")
        for kind, found in (("messages", words), ("answers", notes)):
            lost = [mark for mark in writer.acknowledged[kind] if found[mark] == 0]
            twice = [mark for mark in writer.acknowledged[kind] if found[mark] > 1]
            check(f"no acknowledged one of the {kind} is lost", not lost, lost)
            check(f"none of the {kind} is there twice", not twice, twice)
