"""A real `handrail serve --demo` in a folder of its own, and callers that speak to it as a browser would."""

import http.client
import json
import os
import pathlib
import queue
import re
import signal
import subprocess
import threading
import time
import urllib.parse

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "handrail-demo"


class NotStarted(Exception):
    """The server ended, or said nothing in time; the text is what it wrote."""


class DemoServer:
    """Starts, stops and kills the server on one folder. Every start takes another free port. `more` are further arguments
    (--config FILE); without `demo` the store begins empty; `env` is added to the environment."""

    def __init__(self, binary, folder, log, *more, demo=True, env=None):
        self.binary = str(pathlib.Path(binary).resolve())
        self.at = ["--folder", str(folder)] if folder else []  # else the configuration names it
        self.log = pathlib.Path(log)
        self.more = [*(["--demo"] if demo else []), *(str(each) for each in more)]
        self.env = {**os.environ, **(env or {})}
        self.process = None
        self.url = ""
        self.said = ""

    def spawn(self):
        """Begins the process and returns at once."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--port", "0", *self.at, *self.more],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, cwd=SOURCE, env=self.env)
        self.url = ""
        self.said = ""

    def wait_ready(self, seconds=180):
        """Reads what the server prints until it serves; raises NotStarted."""
        lines = queue.Queue()

        def read(stream):
            for raw in stream:
                lines.put(raw.decode(errors="replace"))
            lines.put(None)

        threading.Thread(target=read, args=(self.process.stdout,), daemon=True).start()
        until = time.monotonic() + seconds
        while True:
            try:
                line = lines.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise NotStarted(f"not ready after {seconds} s; it said: {self.said}") from None
            if line is None:
                self.process.wait()
                raise NotStarted(f"it ended with {self.process.returncode}; it said: {self.said}"
                                 f"{self.log.read_text(errors='replace')[-2000:]}")
            self.said += line
            found = re.search(r"http://[0-9.]+:\d+", line)
            if found and not self.url:
                self.url = found.group(0)
            if "Ctrl-C stops it." in line:
                return self

    def start(self):
        self.spawn()
        return self.wait_ready()

    @property
    def port(self):
        return urllib.parse.urlsplit(self.url).port

    def kill(self):
        """kill -9: nothing is finished, nothing is flushed."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self, seconds=60):
        """As Ctrl-C does. Returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(seconds)


    def ready(self):
        """Status and body of /readyz."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


class Answer:
    def __init__(self, status, body, headers):
        self.status = status
        self.body = body
        self.headers = headers

    @property
    def json(self):
        return json.loads(self.body)


class Caller:
    """One browser: keeps its connection and its cookie, and names its origin as browsers do. Not for two threads."""

    def __init__(self, server, cookie=""):
        self.server = server
        self.cookie = cookie
        self.connection = None
        self.connected_to = None

    def call(self, method, path, body=None, timeout=60, key=None):
        """Raises OSError or HTTPException when there is no answer. `key` is the Idempotency-Key."""
        if self.connection is None or self.connected_to != self.server.port:
            self.close()
            self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=timeout)
            self.connected_to = self.server.port
        headers = {"Origin": self.server.url}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if key is not None:
            headers["Idempotency-Key"] = key
        if body is not None:
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        try:
            self.connection.request(method, "/api/v1" + path, body, headers)
            response = self.connection.getresponse()
            answer = Answer(response.status, response.read(), response.headers)
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            if set_cookie.startswith("__Host-handrail="):
                self.cookie = set_cookie.split(";")[0]
        return answer

    def must(self, method, path, body=None, status=(200, 201, 204)):
        """The JSON of an answer that has to be a good one."""
        answer = self.call(method, path, body)
        if answer.status not in status:
            raise AssertionError(f"{method} {path}: {answer.status} {answer.body[:600]!r}")
        return json.loads(answer.body) if answer.body else None

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def sign_up(server, name="", **more):
    """Someone new, without a log-in name: the session is all there is."""
    caller = Caller(server)
    form = {"age_band": "26_64", "country": "IE", "language": "en",
            "consents": {"record": True, "staff_reading": True, "language_model": False, "research": False}, **more}
    if name:
        form["display_name"] = name
    caller.account = caller.must("POST", "/sign-up", form)["account"]
    return caller


def sign_in_person(server, login):
    caller = Caller(server)
    caller.account = caller.must("POST", "/sign-in", {"login": login, "password": PASSWORD})["account"]
    return caller


def demo_code(server, login):
    """The code that a member of staff's authenticator would show now."""
    for each in Caller(server).must("GET", "/demo/log-ins")["staff"]:
        if each["login"] == login:
            return each["code"]
    raise AssertionError(f"the demo has no {login}")


def fresh_code(server, login, used):
    """A code other than the one that was used: each works once. Waits up to half a minute."""
    for _ in range(200):
        code = demo_code(server, login)
        if code != used:
            return code
        time.sleep(0.2)
    raise AssertionError("the code does not change")


last_codes = {}  # of this program's members of staff, by log-in name


def sign_in_staff(server, login):
    """Waits for the next code when this program has just used the one that holds."""
    caller = Caller(server)
    caller.code = last_codes[login] = fresh_code(server, login, last_codes.get(login))
    caller.account = caller.must("POST", "/sign-in", {"login": login, "password": PASSWORD,
                                                      "code": caller.code})["account"]
    return caller


def run(binary, *arguments, given=None, timeout=600, env=None):
    """A command of the binary: (status, out, err), as bytes when bytes were given."""
    done = subprocess.run([str(pathlib.Path(binary).resolve()), *map(str, arguments)], input=given, cwd=SOURCE,
                          capture_output=True, timeout=timeout, check=False, env={**os.environ, **(env or {})})
    return done.returncode, done.stdout, done.stderr


def files_of(folder):
    """Every file under a folder."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = pathlib.Path(where) / name
            if path.is_file():
                yield path
