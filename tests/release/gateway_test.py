#!/usr/bin/env python3
"""gateway_test.py BINARY: the real npm package `openai` against the real gateway and a scripted service of a language model.

The alert of what was found there stands on the service, and what was written stands in no file of it.
"""

import json
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import SOURCE, DemoServer, files_of  # noqa: E402

SCRIPT = pathlib.Path(__file__).resolve().with_name("gateway_sdk.mjs")
WORDS = b"The pills are in my hand"


def node():
    pinned = SOURCE / "web/node_modules/node/bin/node"
    return str(pinned) if pinned.exists() else shutil.which("node")


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
        made = subprocess.run([*key_command, "add", "A test", *where], capture_output=True, text=True, check=True)
        key = made.stdout.splitlines()[0]
        check("a key is shown once", key.startswith("hr-"), made.stdout)
        said, _ = client.communicate(json.dumps({"url": server.url, "key": key}) + "\n", timeout=240)
        print(said, end="")
        check("the package's own checks hold", client.returncode == 0 and "0 failed" in said, said)
        listed = subprocess.run([*key_command, "list", *where], capture_output=True, text=True, check=True).stdout
        check("keys are listed without what opens", "A test" in listed and key not in listed, listed)
        subprocess.run([*key_command, "revoke", listed.split()[0], *where], capture_output=True, text=True, check=True)
        for path in [*files_of(folder / "var"), folder / "log"]:
            if path.is_file():
                held = path.read_bytes()
                check(f"{path.name} holds no words", WORDS not in held)
                check(f"{path.name} holds no key", key.encode() not in held)
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
