#!/usr/bin/env python3
"""gateway_test.py BINARY: the real npm package `openai` against the real gateway and a scripted service of a language model.

The alert of what was found there stands on the service and is told to the owner of the app; what was measured of words adds up; and what
was written stands in no file.
"""

import base64
import hashlib
import hmac
import http.server

import json
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request

sys.dont_write_bytecode = True
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import SOURCE, DemoServer, files_of, sign_in_staff  # noqa: E402

SCRIPT = pathlib.Path(__file__).resolve().with_name("gateway_sdk.mjs")
WORDS = b"The pills are in my hand"


def node():
    pinned = SOURCE / "web/node_modules/node/bin/node"
    return str(pinned) if pinned.exists() else shutil.which("node")


class Owner:
    """The owner of the app: takes signed bodies on a port of this machine."""

    def __init__(self):
        self.secret = b""
        self.taken = []
        owner = self

        class Takes(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                said = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
                wanted = "v1," + base64.b64encode(hmac.new(owner.secret, said, hashlib.sha256).digest()).decode()
                owner.taken.append((self.headers["webhook-signature"] == wanted, self.headers["webhook-id"], body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Takes)
        self.url = f"http://127.0.0.1:{self.server.server_port}/events"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def waits_for_one(self, seconds=30):
        until = time.monotonic() + seconds
        while not self.taken and time.monotonic() < until:
            time.sleep(0.1)
        return self.taken


def counted(server):
    """What /metrics says of words through the gateway: {(way, what): bytes}."""
    with urllib.request.urlopen(server.url + "/metrics", timeout=20) as answer:
        text = answer.read().decode()
    return {(way, what): float(value) for way, what, value in
            re.findall(r'^handrail_gateway_bytes_total\{way="(\w+)",what="(\w+)"\} (\S+)$', text, re.M)}


def alert_stands(server):
    clinician = sign_in_staff(server, "maeve")
    rows = [row for group in clinician.must("GET", "/caseload?scope=team")["groups"] for row in group["people"]
            if row["name"].startswith("A test:")]
    check("the user of the app stands on the caseload", len(rows) == 1, rows)
    alert = clinician.must("GET", f"/alerts/{rows[0]['alert']}")
    check("with an alert for now, open", (alert["urgency"], alert["state"]) == ("now", "open"), alert)


def owner_was_told(owner, key):
    taken = owner.waits_for_one()
    check("the owner of the app is told", bool(taken))
    for signed, event, body in taken:
        told = json.loads(body)
        check("with a signature that holds", signed)
        check("with whose, how soon and what, and no word",
              sorted(told) == ["at", "category", "event", "key", "type", "urgency", "user"] and told["event"] == event
              and told["key"] == key and told["urgency"] == "now" and WORDS not in body, told)
    check("of each message once", len(taken) == len({event for _, event, _ in taken}), taken)


def walk(binary, folder):
    client = subprocess.Popen([node(), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    server = None
    try:
        port = int(client.stdout.readline().split()[1])
        config = folder / "handrail.toml"
        config.write_text(f"""[gateway]
upstream = "http://127.0.0.1:{port}/v1"
models = ["small", "large"]
first_byte_seconds = 3
silent_seconds = 3
""")
        server = DemoServer(binary, folder / "var", folder / "log", "--config", str(config)).start()
        key_command = [binary, "gateway", "key"]
        where = ["--config", str(config), "--folder", str(folder / "var")]
        owner = Owner()
        made = subprocess.run([*key_command, "add", "A test", "--events", owner.url, *where], capture_output=True, text=True, check=True)
        key = made.stdout.splitlines()[0]
        secret = re.search(r"whsec_(\S+)", made.stdout).group(1)
        owner.secret = base64.b64decode(secret)
        check("a key is shown once", key.startswith("hr-"), made.stdout)
        said, _ = client.communicate(json.dumps({"url": server.url, "key": key}) + "\n", timeout=240)
        print(said, end="")
        check("the package's own checks hold", client.returncode == 0 and "0 failed" in said, said)
        words = counted(server)
        for way in ("in", "out"):
            check(f"{way}: received is screened, and released and withheld together",
                  words[way, "received"] == words[way, "screened"] == words[way, "released"] + words[way, "withheld"] > 0, words)
        check("words in danger went no further", words["in", "withheld"] > 0, words)
        listed = subprocess.run([*key_command, "list", *where], capture_output=True, text=True, check=True).stdout
        check("keys are listed without what opens", "A test" in listed and key not in listed and secret not in listed, listed)
        alert_stands(server)
        owner_was_told(owner, listed.split()[0])
        subprocess.run([*key_command, "revoke", listed.split()[0], *where], capture_output=True, text=True, check=True)
        for path in [*files_of(folder / "var"), folder / "log"]:
            if path.is_file():
                held = path.read_bytes()
                check(f"{path.name} holds no words", WORDS not in held)
                check(f"{path.name} holds no key", key.encode() not in held and secret.encode() not in held)
    finally:
        if client.poll() is None:
            client.kill()
        if server:
            server.stop()


def main():
    if node() is None:
        print("SKIPPED: no Node.js (tools/build_web brings one)")
        return 77
    folder = folder_for("handrail-gateway-")
    with part("the openai package"):
        walk(str(pathlib.Path(sys.argv[1]).resolve()), folder)
    let_go(folder)
    return concluded()


if __name__ == "__main__":
    sys.exit(main())
