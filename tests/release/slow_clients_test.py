#!/usr/bin/env python3
"""Ten thousand clients that do everything slowly: tests/release/slow_clients_test.py BINARY

Five thousand send their head letter by letter, two thousand ask for a large answer and do not read it, two thousand send half of
a small body and one thousand a fifth of a large one, and then nothing; whoever is shut out comes again after a second. Meanwhile somebody writes, and is heard every time; the memory of
the server stays under the bound that its settings promise, and what they held is given back.

    --clients N     in all (10000)
    --seconds N     how long they stay (15)
"""

import argparse
import errno
import http.client
import pathlib
import re
import resource
import selectors
import socket
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import DemoServer, sign_up  # noqa: E402

MIB = 1 << 20
MOST_RESIDENT = 600 * MIB  # with ten thousand connections: DESIGN's bound for ten thousand open streams
BODY = b"x" * 200_000  # of a million
HEAD = b"GET /healthz HTTP/1.1\r\nHost: slow\r\nX-Slow: " + b"z" * 8000
LARGE = b"GET /api/openapi.json HTTP/1.1\r\nHost: slow\r\n\r\n"
SMALL = b"y" * 4_000
POST = (b"POST /api/v1/conversation/messages HTTP/1.1\r\nHost: slow\r\nContent-Type: application/json\r\n"
        b"Content-Length: 1000000\r\n\r\n")


class Slow:
    """One client: what it still has to send, and how much of it at once."""

    def __init__(self, kind):
        self.kind = kind
        self.socket = None
        self.left = memoryview(b"")

    def connect(self, port, selector):
        self.close(selector)
        self.socket = socket.socket()
        self.socket.setblocking(False)
        if self.kind == "reader":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        if self.socket.connect_ex(("127.0.0.1", port)) not in (0, errno.EINPROGRESS):
            self.close(selector)
            return
        self.left = memoryview({"head": HEAD, "small": POST + SMALL, "large": POST + BODY, "reader": LARGE}[self.kind])
        # A reader that does not read is not woken by what comes.
        selector.register(self.socket, selectors.EVENT_WRITE | (0 if self.kind == "reader" else selectors.EVENT_READ), self)

    def close(self, selector):
        if self.socket is not None:
            try:
                selector.unregister(self.socket)
            except (KeyError, ValueError):
                pass
            self.socket.close()
        self.socket = None

    def act(self, events, selector):
        """False when the server has closed it."""
        try:
            if events & selectors.EVENT_READ and not self.socket.recv(65536):
                return False
            if events & selectors.EVENT_WRITE and self.left:
                amount = 1 if self.kind == "head" else len(self.left)
                self.left = self.left[self.socket.send(self.left[:amount]):]
                if not self.left and self.kind == "reader":
                    selector.unregister(self.socket)  # and never reads
                elif not self.left or self.kind == "head":
                    selector.modify(self.socket, selectors.EVENT_READ, self)
        except BlockingIOError:
            pass
        except OSError:
            return False
        return True


class Honest(threading.Thread):
    """Somebody who writes a few words now and then."""

    def __init__(self, caller):
        super().__init__(daemon=True)
        self.caller = caller
        self.statuses = []
        self.slowest = 0.0
        self.stopping = threading.Event()

    def run(self):
        number = 0
        while not self.stopping.wait(0.2):
            number += 1
            began = time.monotonic()
            try:
                self.statuses.append(self.caller.call("POST", "/conversation/messages", {
                    "text": "work was long today", "client_id": f"m{number}"}, timeout=60).status)
            except (OSError, http.client.HTTPException) as problem:
                self.statuses.append(type(problem).__name__)
            self.slowest = max(self.slowest, time.monotonic() - began)


def resident(server, which="VmRSS"):
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(which + r":\s+(\d+) kB", text).group(1)) * 1024


def number(server, name):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return float(re.search(rf"^{name} (\S+)$", text, re.MULTILINE).group(1))


def slow_ones(server, clients, seconds):
    """Comes with all of them, and stays for so long. Returns how many connections stood at most, and how often one was shut out."""
    selector = selectors.DefaultSelector()
    kinds = ["head"] * 5 + ["reader"] * 2 + ["small"] * 2 + ["large"]
    all_of_them = [Slow(kinds[i % len(kinds)]) for i in range(clients)]
    most, shut_out = 0, 0
    end = time.monotonic() + 120
    again = [(0.0, each) for each in all_of_them]
    next_letters = 0.0
    while time.monotonic() < end:
        now = time.monotonic()
        coming = [each for at, each in again[:1000] if at <= now]
        again = again[len(coming):]
        for each in coming:
            each.connect(server.port, selector)
        again += [(now + 1, each) for each in coming if each.socket is None]
        if time.monotonic() > next_letters:
            next_letters = time.monotonic() + 1
            for each in all_of_them:
                if each.kind == "head" and each.socket is not None and each.left:
                    selector.modify(each.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, each)
        for key, events in selector.select(0.05):
            if not key.data.act(events, selector):
                shut_out += 1
                key.data.close(selector)
                again.append((time.monotonic() + 1, key.data))
        there = sum(each.socket is not None for each in all_of_them)
        if there >= clients * 0.9 and most < clients * 0.9:
            end = time.monotonic() + seconds
        most = max(most, there)
    for each in all_of_them:
        each.close(selector)
    selector.close()
    return most, shut_out


parser = argparse.ArgumentParser()
parser.add_argument("binary")
parser.add_argument("--clients", type=int, default=10_000)
parser.add_argument("--seconds", type=float, default=15)
given = parser.parse_args()

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if hard != resource.RLIM_INFINITY and hard < given.clients + 500:
    print(f"NOT RUN: this machine allows {hard} open files, and {given.clients} clients need {given.clients + 500}")
    sys.exit(77)
resource.setrlimit(resource.RLIMIT_NOFILE, (given.clients + 500 if hard == resource.RLIM_INFINITY else hard, hard))

folder = folder_for("handrail-slow-clients-")
(folder / "handrail.toml").write_text("[server]\nmax_connections = 12000\nbuffered_mib = 64\n")
server = DemoServer(given.binary, folder / "var", folder / "log", "--config", folder / "handrail.toml")
try:
    with part("slow clients"):
        server.start()
        honest = Honest(sign_up(server))
        before = resident(server)
        honest.start()
        most, shut_out = slow_ones(server, given.clients, given.seconds)
        honest.stopping.set()
        honest.join()
        check("nine of ten stand at one moment", most >= given.clients * 0.9, f"{most} of {given.clients}")
        check("those who hold too much are shut out", shut_out > 0)
        check("whoever writes is heard every time", honest.statuses and set(honest.statuses) == {201}, honest.statuses[-40:])
        peak = resident(server, "VmHWM")
        check("memory stays under its bound", peak < MOST_RESIDENT, f"{peak / MIB:.0f} MiB")
        for _ in range(200):
            if number(server, "handrail_http_buffered_bytes") == 0 and number(server, "handrail_http_connections") < 10:
                break
            time.sleep(0.2)
        check("what they held is given back", number(server, "handrail_http_buffered_bytes") == 0)
        check("and their connections", number(server, "handrail_http_connections") < 10)
        print(f"  {most} at once, {shut_out} shut out, {len(honest.statuses)} messages kept meanwhile (slowest {honest.slowest:.2f} s); "
              f"resident {before / MIB:.0f} MiB before, {peak / MIB:.0f} MiB at most, {resident(server) / MIB:.0f} MiB after", flush=True)
        check("it stops as it should", server.stop() == 0)
finally:
    server.kill()
    let_go(folder)
sys.exit(concluded())
