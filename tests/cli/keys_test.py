#!/usr/bin/env python3
"""Changing keys, against a built binary: tests/cli/keys_test.py BINARY [--kills 24] [--keep FOLDER]

`handrail keys rotate` for the master key, the epoch, an organisation and a person: on a server that runs, on one that is
stopped, and killed with kill -9 again and again in the middle, the command or the server; nothing that was written is lost,
and the audit record holds under the same key. The master key from a file, from the environment and from a command; lost
or wrong, it is said in one sentence before anything is written.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import secrets
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "release"))
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import SOURCE, DemoServer, NotStarted, files_of, run, sign_in_person, sign_in_staff  # noqa: E402

WORDS = "words that were written before the keys changed"


def rotate(binary, at, *arguments, env=None):
    """`at` says which service: ("--folder", FOLDER) or ("--config", FILE)."""
    return run(binary, "keys", "rotate", *arguments, *at, env=env)


def words_are_there(where, person):
    page = person.must("GET", "/conversation")
    check(f"the words open {where}", WORDS in json.dumps(page))


def everything_opens(binary, var, where):
    """A backup is proven before it counts: every sealed row of its copy opens."""
    status, out, err = run(binary, "audit", "verify", "--folder", var)
    check(f"the audit record holds {where}", status == 0 and b"every link holds" in out, out + err)
    status, out, err = run(binary, "backup", "--folder", var)
    check(f"a backup opens from end to end {where}", status == 0, out + err)


def while_it_serves(server, var, person, kept_master):
    id_ = person.account["person"]
    for what, more in (("person", ("--whom", id_)), ("organisation", ()), ("epoch", ()), ("master", ())):
        status, out, err = rotate(server.binary, ("--folder", var), "--what", what, *more)
        check(f"keys rotate --what {what} while it serves", status == 0 and len(out) > 20, out + err)
        words_are_there(f"after --what {what}", person)
        person.must("POST", "/conversation/messages", {"text": f"written after {what}", "client_id": f"after {what}"})
    maeve = sign_in_staff(server, "maeve")
    check("staff still sign in, and read the caseload", len(maeve.must("GET", "/caseload")["groups"]) > 0)
    everything_opens(server.binary, var, "while it serves")
    check("there is another master key now", (var / "master.key").read_text() != kept_master)
    for what, more in (("person", ("--whom", "nobody")), ("person", ("--whom", "0" * 26)),
                       ("organisation", ("--whom", "elsewhere"))):
        status, out, err = rotate(server.binary, ("--folder", var), "--what", what, *more)
        check(f"{what} {more[1]}: refused in words", status == 1 and len(err.strip()) > 10, out + err)


def files_hash(var):
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files_of(var)
            if "-lock" not in path.name and not path.name.endswith(("-wal", "-shm", ".sock"))}


def refused(binary, var, at, why, expected, env=None):
    """Neither serve nor a command starts, in one sentence, and no file changes."""
    before = files_hash(var)
    status, out, err = run(binary, "serve", "--port", "0", *at, *(["--demo"] if "--folder" in at else []), timeout=60, env=env)
    check(f"{why}: the server does not start", status == 1, (status, out, err))
    check(f"{why}: one clear sentence", expected in err and len(err.strip().splitlines()) <= 2, err)
    for command in (("audit", "verify"), ("backup",), ("keys", "rotate", "--what", "epoch")):
        status, _, err = run(binary, *command, *at, env=env)
        check(f"{why}: {' '.join(command)} is refused too", status == 1 and expected in err, err)
    check(f"{why}: nothing was written", files_hash(var) == before)


def the_old_master_key_is_gone(binary, var, kept_master):
    now = (var / "master.key").read_text()
    (var / "master.key").write_text(kept_master)
    refused(binary, var, ("--folder", var), "the old master key", b"does not open with this master key")
    (var / "master.key").unlink()
    refused(binary, var, ("--folder", var), "a lost master key", b"is missing. Without it nothing opens")
    (var / "master.key").write_text(now)
    os.chmod(var / "master.key", 0o600)


def killed_again_and_again(binary, var, person, kills, chance):
    """The command, at a random moment of its work; in between everything has to open."""
    kinds = [("person", "--whom", person), ("organisation",), ("epoch",), ("master",)]
    done = 0
    took = {}
    for kind in kinds:  # how long each takes undisturbed, so that the kills fall inside
        began = time.monotonic()
        status, out, err = rotate(binary, ("--folder", var), "--what", *kind)
        took[kind[0]] = time.monotonic() - began
        check(f"keys rotate --what {kind[0]} on a stopped server", status == 0, out + err)
    for number in range(kills):
        kind = kinds[number % len(kinds)]
        process = subprocess.Popen([str(pathlib.Path(binary).resolve()), "keys", "rotate", "--what", *kind, "--folder", var],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=SOURCE)
        time.sleep(chance.uniform(0.1, 1.0) * took[kind[0]])
        done += process.poll() is not None
        process.kill()
        process.wait()
        if number % 4 == 3:
            everything_opens(binary, var, f"after kill {number + 1}")
    check("most kills came while it worked", done < kills * 2 / 3, f"{done} of {kills} had ended")
    leftovers = [path.name for path in var.iterdir() if path.name.endswith((".next", ".old", ".writing"))]
    check("nothing is left half-way", not leftovers, leftovers)
    print(f"    {kills} kills, {done} of them too late")


def server_killed_in_the_middle(server, var, person, chance):
    id_ = person.account["person"]
    for number, kind in enumerate((("master",), ("epoch",), ("person", "--whom", id_), ("organisation",), ("master",))):
        asking = subprocess.Popen([server.binary, "keys", "rotate", "--what", *kind, "--folder", var],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=SOURCE)
        time.sleep(chance.uniform(0.02, 0.4))
        server.kill()
        asking.wait(120)
        person.close()
        server.start()
        words_are_there(f"after the server was killed, {number + 1}", person)


def other_sources(binary, folder):
    """A service whose key is in the environment; then a command gives it; then a file."""
    first, second, third = (secrets.token_hex(32) for _ in range(3))
    var = folder / "sources" / "var"
    config = folder / "sources" / "handrail.toml"
    var.mkdir(parents=True)

    def configured(source, master):
        config.write_text(f'[keys]\nsource = "{source}"\nmaster = "{master}"\n')

    def serves(where, env=None):
        server = DemoServer(binary, None, folder / "sources.log", "--config", config, demo=False, env=env)
        try:
            server.start()
            check(f"it serves {where}", server.ready()[0] == 200)
        except NotStarted as problem:
            check(f"it serves {where}", False, problem)
        finally:
            server.stop()

    at = ("--config", config)
    configured("environment", "HANDRAIL_TEST_KEY")
    status, _, err = run(binary, "serve", "--port", "0", *at)
    check("no variable: said", status == 1 and b"HANDRAIL_TEST_KEY" in err and b"is not set" in err, err)
    check("and nothing was made", not any(var.iterdir()), list(var.iterdir()))
    env = {"HANDRAIL_TEST_KEY": first}
    serves("with a key from the environment", env)
    refused(binary, var, at, "a variable that is not set", b"is not set")
    refused(binary, var, at, "a variable with another key", b"does not open with this master key",
            env={"HANDRAIL_TEST_KEY": second})
    refused(binary, var, at, "a variable that holds no key", b"64 hexadecimal digits", env={"HANDRAIL_TEST_KEY": "x"})
    status, out, err = rotate(binary, at, "--what", "master", env=env)
    check("a fresh key cannot be put into an environment: said", status == 1 and b"--new-source" in err, out + err)
    status, out, err = rotate(binary, at, "--what", "master", "--new-source", "environment", "--new", "HANDRAIL_TEST_NEW",
                              env={**env, "HANDRAIL_TEST_NEW": second})
    check("a new key from another variable", status == 0 and b"[keys]" in out, out + err)
    env = {"HANDRAIL_TEST_KEY": second}
    serves("with the new key", env)
    status, out, err = run(binary, "audit", "verify", *at, env=env)
    check("the audit record holds under the new key", status == 0, out + err)
    refused(binary, var, at, "the variable's old key", b"does not open with this master key",
            env={"HANDRAIL_TEST_KEY": first})

    secret = folder / "sources" / "from-a-key-service"
    secret.write_text(third + "\n")
    status, out, err = rotate(binary, at, "--what", "master", "--new-source", "command", "--new", f"cat {secret}",
                              env=env)
    check("from the environment to a command", status == 0, out + err)
    configured("command", f"cat {secret}")
    serves("with a key from a command")
    secret.write_text(second + "\n")
    refused(binary, var, at, "a command that gives another key", b"does not open with this master key")
    secret.unlink()
    refused(binary, var, at, "a command that fails", b"failed with exit code")
    secret.write_text(third + "\n")
    status, out, err = rotate(binary, at, "--what", "master", "--new-source", "file", "--new", folder / "sources" / "new.key")
    check("from a command to a file, which is made", status == 0, out + err)
    check("readable by its owner only", (folder / "sources" / "new.key").stat().st_mode & 0o777 == 0o600)
    configured("file", str(folder / "sources" / "new.key"))
    serves("with a key from that file")
    for path in files_of(folder / "sources"):
        if path not in (secret, folder / "sources" / "new.key"):
            content = path.read_bytes().lower()
            check(f"no master key stands in {path.name}", not any(each.encode() in content for each in (first, second, third)))
    log = (folder / "sources.log").read_bytes()
    check("nor in the log", not any(each.encode() in log for each in (first, second, third)))


def main():
    wanted = argparse.ArgumentParser()
    wanted.add_argument("binary")
    wanted.add_argument("--kills", type=int, default=24)
    wanted.add_argument("--seed", type=int, default=7)
    wanted.add_argument("--keep")
    options = wanted.parse_args()
    chance = random.Random(options.seed)
    folder = folder_for("handrail-keys-", options.keep)
    var = folder / "var"
    server = DemoServer(options.binary, var, folder / "log")
    try:
        server.start()
        kept_master = (var / "master.key").read_text()
        person = sign_in_person(server, "ada")
        person.must("POST", "/conversation/messages", {"text": WORDS, "client_id": "before"})
        with part("while it serves"):
            while_it_serves(server, var, person, kept_master)
        with part("the server killed in the middle"):
            server_killed_in_the_middle(server, var, person, chance)
        check("Ctrl-C ends it with 0", server.stop() == 0)
        with part("lost and wrong keys"):
            the_old_master_key_is_gone(server.binary, var, kept_master)
        with part("killed again and again"):
            killed_again_and_again(server.binary, var, person.account["person"], options.kills, chance)
        with part("and it still serves"):
            person.close()
            server.start()
            words_are_there("after all of it", person)
            check("Ctrl-C ends it with 0 once more", server.stop() == 0)
        with part("keys from the environment and from a command"):
            other_sources(server.binary, folder)
    except (NotStarted, AssertionError) as problem:
        check("the test reaches its end", False, problem)
    finally:
        server.kill()
        let_go(folder, options.keep)
    return concluded()


if __name__ == "__main__":
    sys.exit(main())
