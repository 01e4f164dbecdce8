#!/usr/bin/env python3
"""`handrail doctor`, against a built binary: tests/cli/doctor_test.py BINARY [--keep FOLDER]

A fresh demo, while it serves, after kill -9, and stopped: all is told and no file changes. Then one thing after another is
put wrong (a key that others read, another key, a store of a newer version, a damaged page, no store, a folder that takes
nothing, a broken configuration, a certificate about to end, too few files): each is a line that says what to do, the exit
status is 1 where it is wrong, and nothing is left behind.
"""

import contextlib
import hashlib
import os
import pathlib
import resource
import secrets
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "release"))
from checks import check, concluded, folder_for, let_go, part  # noqa: E402
from demo_server import SOURCE, DemoServer, sign_up  # noqa: E402

NOBODY = 65534
VERDICTS = ("ok", "look", "wrong")


class Told:
    """What a doctor said: its status, its lines as (verdict, what, words), and its last line."""

    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode()
        self.err = done.stderr.decode()
        lines = self.out.splitlines()
        self.last = lines[-1] if lines else ""
        self.lines = [self.parted(line) for line in lines[:-1]]

    @staticmethod
    def parted(line):
        verdict, _, rest = line.partition(" ")
        what, _, words = rest.strip().partition(": ")
        return verdict, what, words

    def line(self, what):
        return next((line for line in self.lines if line[1] == what), ("none", what, ""))

    def wrongs(self):
        return [line for line in self.lines if line[0] == "wrong"]


class Doctor:
    def __init__(self, binary, folder):
        self.binary = str(pathlib.Path(binary).resolve())
        page = folder / "page"
        page.mkdir()
        (page / "index.html").write_text("<!doctype html>")
        self.env = {**os.environ, "HANDRAIL_WEB": str(page), "HANDRAIL_CONTENT": str(SOURCE / "content")}

    def ask(self, where, *arguments, **more):
        done = subprocess.run([self.binary, "doctor", *map(str, arguments)], cwd=more.pop("cwd", SOURCE), env=self.env,
                              capture_output=True, timeout=120, check=False, **more)
        told = Told(done)
        check(f"{where}: every line has a verdict", all(line[0] in VERDICTS and line[1] for line in told.lines), told.out)
        counts = {verdict: sum(line[0] == verdict for line in told.lines) for verdict in VERDICTS}
        expected = (f"{len(told.lines)} things looked at: {counts['ok']} ok, {counts['look']} to look at, "
                    f"{counts['wrong']} wrong.")
        check(f"{where}: the last line counts", told.last == expected, told.out + told.err)
        check(f"{where}: exit status", told.status == (1 if counts["wrong"] else 0), (told.status, told.out, told.err))
        return told


def hashes(folder):
    """Every file there is and its bytes; sockets and folders by their names and modes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(about.st_mode) else ""
        found[str(path.relative_to(folder))] = (stat.S_IMODE(about.st_mode), content)
    return found


@contextlib.contextmanager
def copy_of(var, folder, name):
    copy = folder / name
    shutil.copytree(var, copy, ignore=shutil.ignore_patterns("*.sock"))
    os.chmod(copy, 0o700)
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def configuration(folder, name, var, more=""):
    path = folder / name
    path.write_text(f"[server]\n{more or 'port = 0'}\n[store]\nfolder = \"{var}\"\n")
    return path


def no_store(doctor, folder):
    told = doctor.ask("no store", "--folder", folder / "none")
    check("no store: said", told.line("store")[0] == "look" and "There is no service" in told.line("store")[2], told.out)
    check("no store: nothing is made", not (folder / "none").exists())
    empty = folder / "empty"
    empty.mkdir(mode=0o700)
    told = doctor.ask("an empty folder", "--config", configuration(folder, "empty.toml", empty))
    check("an empty folder: nothing is wrong", told.status == 0, told.out)
    check("an empty folder: flushing is measured", "20 times" in told.line("flushing")[2], told.out)
    check("an empty folder stays empty", not list(empty.iterdir()))


def while_serving(doctor, server, folder):
    person = sign_up(server, "Quintessa Marrowby")
    person.must("POST", "/conversation/messages", {"text": "thistledown on the windowsill", "client_id": "doctor"})
    config = configuration(folder, "serving.toml", folder / "var", f"port = {server.port}")
    told = doctor.ask("while serving", "--config", config)
    check("while serving: nothing is wrong", not told.wrongs(), told.wrongs())
    check("while serving: the server is found", told.line("server")[0] == "ok" and
          f"Process {server.process.pid} " in told.line("server")[2], told.line("server"))
    check("while serving: and answers", told.line("address") ==
          ("ok", "address", f"Handrail answers at 127.0.0.1 port {server.port}."), told.line("address"))
    for what in ("configuration", "data folder", "store and key files", "master key", "epoch key", "store",
                 "store, read through", "key store", "keys in the store", "time in the store", "screening", "open files"):
        check(f"while serving: {what}", told.line(what)[0] == "ok", told.line(what))
    check("while serving: the zone of the service", "Europe/Dublin" in told.line("staffed hours")[2], told.line("staffed hours"))
    check("while serving: signatures are asked for", "of 2 signed" in told.line("signatures")[2], told.line("signatures"))
    lower = told.out.lower()
    check("while serving: no word of anybody's", not any(word in lower for word in ("quintessa", "thistledown", "maeve")),
          told.out)
    check("while serving: no key", (folder / "var" / "master.key").read_text().strip() not in told.out)
    check("while serving: the probe is gone", not (folder / "var" / "doctor.probe").exists())
    status, _ = server.ready()
    check("while serving: the server serves on", status == 200)
    other = folder / "elsewhere"
    other.mkdir(mode=0o700)
    told = doctor.ask("another folder", "--config", configuration(folder, "other.toml", other, f"port = {server.port}"))
    check("another folder: a Handrail that is not of this folder", told.line("address")[0] == "look" and
          "none runs on this folder" in told.line("address")[2], told.line("address"))


def without_a_server(doctor, folder, where):
    before = hashes(folder / "var")
    told = doctor.ask(where, "--config", configuration(folder, "stopped.toml", folder / "var"))
    check(f"{where}: nothing is wrong", not told.wrongs(), told.wrongs())
    check(f"{where}: no server", "None runs" in told.line("server")[2], told.line("server"))
    check(f"{where}: the record was opened", told.line("time in the store")[0] == "ok", told.out)
    check(f"{where}: no file changes and none comes", hashes(folder / "var") == before)
    told = doctor.ask(f"{where}, as the demo", "--folder", folder / "var")
    check(f"{where}: as the demo too", all(line[1] == "address" for line in told.wrongs()), told.wrongs())


def one_wrong(doctor, folder, copy, name, what, expected, to_do):
    before = hashes(copy)
    told = doctor.ask(name, "--config", configuration(folder, "wrong.toml", copy))
    line = told.line(what)
    check(f"{name}: said", line[0] == "wrong" and expected in line[2], told.out)
    check(f"{name}: and what to do", to_do in line[2], line)
    check(f"{name}: nothing changes", hashes(copy) == before)
    return told


def keys(doctor, folder):
    with copy_of(folder / "var", folder, "readable") as copy:
        os.chmod(copy / "master.key", 0o644)
        one_wrong(doctor, folder, copy, "a key that others read", "master key", "can be read by others", "chmod 600")
        os.chmod(copy / "master.key", 0o600)
        os.chmod(copy / "keys.db", 0o640)
        one_wrong(doctor, folder, copy, "a key store that others read", "store and key files", "mode 640", "chmod 600")
    with copy_of(folder / "var", folder, "another") as copy:
        (copy / "master.key").write_text(secrets.token_hex(32) + "\n")
        one_wrong(doctor, folder, copy, "another master key", "epoch key", "does not open with this master key",
                  "Master key and epoch key")
        (copy / "master.key").unlink()
        one_wrong(doctor, folder, copy, "no master key", "master key", "is missing", "the server does not start")
        check("no master key: none is made", not (copy / "master.key").exists())
    with copy_of(folder / "var", folder, "no-epoch") as copy:
        (copy / "epoch.key").unlink()
        one_wrong(doctor, folder, copy, "no epoch key", "epoch key", "is missing", "in each backup")
    with copy_of(folder / "var", folder, "open") as copy:
        os.chmod(copy, 0o755)
        one_wrong(doctor, folder, copy, "a folder that others enter", "data folder", "mode 755", "chmod 700")


def stores(doctor, folder):
    with copy_of(folder / "var", folder, "newer") as copy:
        with contextlib.closing(sqlite3.connect(copy / "handrail.db")) as store, store:
            store.execute("INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'later', 0)")
        one_wrong(doctor, folder, copy, "a newer store", "store", "version 999", "Install the newer Handrail")
    with copy_of(folder / "var", folder, "damaged") as copy:
        size = (copy / "handrail.db").stat().st_size
        with open(copy / "handrail.db", "r+b") as file:
            for page in range(size // 8 // 4096, size // 4096, 16):
                file.seek(page * 4096)
                file.write(b"\x7f" * 4096)
        one_wrong(doctor, folder, copy, "a damaged store", "store, read through", "damaged", "restore the newest backup")
    with copy_of(folder / "var", folder, "gone") as copy:
        (copy / "keys.db").unlink()
        one_wrong(doctor, folder, copy, "no key store", "key store", "is missing", "restore")
    with copy_of(folder / "var", folder, "half-copied") as copy:
        (copy / "copy.unfinished").write_text("")
        one_wrong(doctor, folder, copy, "a copy cut short", "store", "cut short", "copy again")


def takes_nothing(doctor, folder):
    """As somebody whom permissions bind: root passes over them."""
    user = {}
    if os.geteuid() == 0:
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        if subprocess.run([doctor.binary, "--version"], capture_output=True, check=False, cwd="/", **user).returncode != 0:
            print("    NOT TESTED as root: permissions do not bind it, and another user may not run this binary", flush=True)
            return
    with copy_of(folder / "var", folder, "read-only") as copy:
        config = configuration(folder, "read-only.toml", copy)
        if user:
            os.chmod(folder, 0o755)
            for path in [copy, *copy.rglob("*")]:
                os.chown(path, NOBODY, NOBODY)
        os.chmod(copy, 0o500)
        before = hashes(copy)
        told = doctor.ask("a folder that takes nothing", "--config", config, **user)
        check("a folder that takes nothing: the disk", told.line("disk of the data folder")[0] == "wrong" and
              "cannot be written" in told.line("disk of the data folder")[2], told.out)
        check("a folder that takes nothing: flushing", told.line("flushing")[0] == "wrong", told.line("flushing"))
        check("a folder that takes nothing: the store is read all the same", told.line("time in the store")[0] == "ok", told.out)
        check("a folder that takes nothing: nothing changes", hashes(copy) == before)
        os.chmod(copy, 0o700)


def broken_configuration(doctor, folder):
    path = folder / "broken.toml"
    path.write_text("[server]\nprot = 8080\n")
    told = doctor.ask("a slip in the configuration", "--config", path)
    check("a slip in the configuration: named", told.line("configuration")[0] == "wrong" and "prot" in told.line("configuration")[2],
          told.out)
    check("a slip in the configuration: the rest is told", told.line("content")[0] in ("ok", "look") and
          told.line("clock")[0] != "none" and told.line("everything else")[0] == "look", told.out)
    told = doctor.ask("no such configuration", "--config", folder / "none.toml")
    check("no such configuration: named", "none.toml" in told.line("configuration")[2], told.out)
    done = subprocess.run([doctor.binary, "doctor", "--jugle"], capture_output=True, check=False)
    check("wrong usage is 2", done.returncode == 2)


def certificates(doctor, folder):
    if shutil.which("openssl") is None:
        print("    NOT TESTED: there is no openssl here to make a certificate", flush=True)
        return

    def judged(name, days, host="talk.example.org", key="key.pem"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                        "/CN=handrail", "-addext", "subjectAltName=DNS:talk.example.org", "-days", str(days),
                        "-keyout", folder / "key.pem", "-out", folder / "chain.pem"], check=True, capture_output=True)
        os.chmod(folder / "key.pem", 0o600)
        config = configuration(folder, "tls.toml", folder / "var", f'port = 0\npublic_url = "https://{host}"\n'
                               f'certificate = "chain.pem"\ncertificate_key = "{key}"')
        return doctor.ask(name, "--config", config).line("certificate")

    subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out",
                    folder / "other.pem"], check=True, capture_output=True)
    os.chmod(folder / "other.pem", 0o600)
    check("a certificate for months", judged("a certificate for months", 90)[0] == "ok")
    line = judged("a certificate for ten days", 10)
    check("a certificate for ten days", line[0] == "look" and "Renew it" in line[2], line)
    check("a certificate for two days", judged("a certificate for two days", 2)[0] == "wrong")
    line = judged("a certificate for another host", 90, host="help.example.org")
    check("a certificate for another host", line[0] == "wrong" and "help.example.org" in line[2], line)
    line = judged("a key of another certificate", 90, key="other.pem")
    check("a key of another certificate", line[0] == "wrong" and "mismatch" in line[2], line)


def too_few_files(doctor, folder):
    config = configuration(folder, "files.toml", folder / "var", "port = 0\nmax_connections = 4096")
    told = doctor.ask("too few files", "--config", config,
                      preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024)))
    check("too few files", told.line("open files")[0] == "wrong" and "LimitNOFILE=4352" in told.line("open files")[2],
          told.line("open files"))


def in_memory(doctor):
    memory = pathlib.Path("/dev/shm")
    kind = subprocess.run(["stat", "-f", "-c", "%T", memory], capture_output=True, text=True, check=False).stdout.strip()
    if kind != "tmpfs":
        print("    NOT TESTED: /dev/shm is no memory here", flush=True)
        return
    with tempfile.TemporaryDirectory(dir=memory) as there:
        told = doctor.ask("in memory", "--folder", there)
        line = told.line("disk of the data folder")
        check("in memory", line[0] == "look" and "memory" in line[2], line)
        check("in memory: nothing is left", not os.listdir(there))


def main():
    binary = sys.argv[1]
    keep = sys.argv[3] if len(sys.argv) > 3 and sys.argv[2] == "--keep" else None
    folder = folder_for("handrail-doctor-", keep)
    doctor = Doctor(binary, folder)
    server = DemoServer(binary, folder / "var", folder / "server.log")
    try:
        with part("no store"):
            no_store(doctor, folder)
        server.start()
        with part("while serving"):
            while_serving(doctor, server, folder)
        server.kill()
        with part("after kill -9"):
            without_a_server(doctor, folder, "after kill -9")
        server.start()
        server.stop()
        with part("stopped"):
            without_a_server(doctor, folder, "stopped")
        for name, run_part in (("keys", keys), ("stores", stores), ("a folder that takes nothing", takes_nothing),
                               ("a broken configuration", broken_configuration), ("certificates", certificates),
                               ("too few files", too_few_files)):
            with part(name):
                run_part(doctor, folder)
        with part("in memory"):
            in_memory(doctor)
    finally:
        server.kill()
        let_go(folder, keep)
    return concluded()


if __name__ == "__main__":
    sys.exit(main())
