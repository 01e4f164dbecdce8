#!/usr/bin/env python3
"""package_test.py contents|installed: the Debian package of build/release.

contents   what it holds, its unit, and that the program in it runs; needs no rights
installed  in a clean Debian 12 that mmdebstrap makes from this machine's own apt sources: installed, started by the unit's
           line as the unit's user, upgraded with data kept, removed, purged; needs root. Exits with 77 where it cannot be.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
failed = []


def check(holds, what):
    print(("ok      " if holds else "FAILED  ") + what, flush=True)
    if not holds:
        failed.append(what)


def said_by(*command, **more):
    return subprocess.run([str(each) for each in command], capture_output=True, text=True, **more)


def package(release, folder):
    made = said_by(SOURCE / "tools/package", release, folder)
    if made.returncode != 0:
        sys.exit(made.stdout + made.stderr)
    return pathlib.Path(made.stdout.strip())


class Server:
    """The server of a package, run by the line that its unit has."""

    def __init__(self, command):
        self.said = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdout=self.said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.base = self.link = ""
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None and not self.base:
            time.sleep(0.02)
            text = self.words()
            if "Ctrl-C stops it" in text:
                self.base = re.search(r"Handrail is running at (\S+)", text).group(1)
                link = re.search(r"/staff/invitation#(\S+)", text)
                self.link = link.group(1) if link else ""

    def words(self):
        self.said.seek(0)
        return self.said.read()

    def get(self, path):
        with urllib.request.urlopen(self.base + path, timeout=20) as reply:
            return reply.status, reply.read().decode()

    def post(self, path, body):
        request = urllib.request.Request(self.base + "/api/v1" + path, method="POST", data=json.dumps(body).encode())
        request.add_header("Origin", self.base)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status
        except urllib.error.HTTPError as problem:
            return problem.code

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


def answers(server, what):
    check(bool(server.base), f"{what}: it starts" + ("" if server.base else "\n" + server.words()))
    if not server.base:
        return False
    check(server.get("/healthz")[0] == 200, f"{what}: /healthz answers")
    status, page = server.get("/")
    script = re.search(r'src="(/[^"]+\.js)"', page)
    check(status == 200 and script is not None and server.get(script.group(1))[0] == 200, f"{what}: the page is served")
    return True


def exec_start(unit):
    return re.search(r"^ExecStart=(.*)$", unit, re.M).group(1)


def contents(folder):
    deb = package(1, folder)
    fields = said_by("dpkg-deb", "-f", deb).stdout
    depends = re.search(r"^Depends: (.*)$", fields, re.M).group(1)
    for needed in ("libc6 (", "libsqlite3-0", "libpq5", "libsodium23", "adduser", "tzdata"):
        check(needed in depends, f"it depends on {needed.rstrip(' (')}")

    out = folder / "out"
    said_by("dpkg-deb", "-x", deb, out, check=True)
    said_by("dpkg-deb", "-e", deb, out / "DEBIAN", check=True)
    check((out / "DEBIAN/conffiles").read_text() == "/etc/handrail/handrail.toml\n", "the settings are a conffile")
    for script in ("postinst", "prerm", "postrm"):
        check(said_by("sh", "-n", out / "DEBIAN" / script).returncode == 0 and os.access(out / "DEBIAN" / script, os.X_OK),
              f"{script} is a script")
    listed = said_by("dpkg-deb", "-c", deb).stdout.splitlines()
    check(all(line.split()[1] == "root/root" for line in listed), "everything in it is root's")
    check(not [line for line in listed if line[5] == "w" or line[8] == "w"], "and nobody else may write it")
    paths = [line.split()[5].lstrip(".") for line in listed]
    places = ("/usr/bin/handrail", "/usr/share/handrail/content/", "/usr/share/handrail/models/", "/usr/share/handrail/web/",
              "/usr/share/doc/handrail/", "/usr/share/man/man1/handrail.1.gz", "/etc/handrail/handrail.toml", "/lib/systemd/system/handrail.service")
    stray = [path for path in paths if not path.endswith("/") and not path.startswith(places)]
    check(not stray, f"nothing lies elsewhere {stray[:5]}")
    for place in places:
        check(any(path.startswith(place) for path in paths), f"it holds {place}")
    learnt_from = [SOURCE / "content/screening/messages", SOURCE / "content/conversation/replies"]
    for shipped in SOURCE.glob("content/**/*"):
        if shipped.is_file() and not set(learnt_from) & set(shipped.parents) and not (
                out / "usr/share/handrail" / shipped.relative_to(SOURCE)).is_file():
            check(False, f"{shipped.relative_to(SOURCE)} is in it")
    for learnt in learnt_from:
        place = f"/usr/share/handrail/{learnt.relative_to(SOURCE)}"
        check(any(learnt.iterdir()) and not [path for path in paths if path.startswith(place)],
              f"what models are learnt from is not in it: {learnt.name}")

    settings = (out / "etc/handrail/handrail.toml").read_text()
    check(re.search(r'^folder = "/var/lib/handrail"$', settings, re.M) is not None, "the data folder is named in the settings")
    check('"var' not in settings and '"content"' not in settings and '"web/dist"' not in settings,
          "no folder of the source tree is named there")
    if shutil.which("man"):
        read = said_by("man", "--warnings", "-l", out / "usr/share/man/man1/handrail.1.gz", env={**os.environ, "MANWIDTH": "100"})
        check(read.returncode == 0 and not read.stderr, f"man reads the page without a warning {read.stderr[:300]}")

    unit = (out / "lib/systemd/system/handrail.service").read_text()
    check(exec_start(unit) == "/usr/bin/handrail serve --config /etc/handrail/handrail.toml", "the unit starts the server")
    if shutil.which("systemd-analyze"):
        looked_at = folder / "handrail.service"
        looked_at.write_text(unit.replace("/usr/bin/handrail", str(out / "usr/bin/handrail")))
        verified = said_by("systemd-analyze", "verify", "--man=no", looked_at)
        about = [line for line in (verified.stderr + verified.stdout).splitlines() if "handrail" in line]
        check(verified.returncode == 0 and not about, f"systemd takes the unit {about[:3]}")
        safe = said_by("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", looked_at)
        check(safe.returncode == 0, "systemd counts its exposure as 1.5 or less: " + safe.stdout.strip().split("\n")[-1])
    else:
        print("systemd-analyze is not here: the unit was not verified")

    # The program of the package, stripped as it is shipped, over the content and the page of the package.
    data = folder / "data"
    (folder / "handrail.toml").write_text(
        settings.replace("/var/lib/handrail", str(data)).replace("# port = 8080", "port = 0"))
    server = Server(["env", f"HANDRAIL_CONTENT={out}/usr/share/handrail/content", f"HANDRAIL_WEB={out}/usr/share/handrail/web",
                     str(out / "usr/bin/handrail"), "serve", "--config", str(folder / "handrail.toml")])
    if answers(server, "unpacked"):
        check(bool(server.link), "and prints the link for the first administrator")
    check(server.stop() == 0, "it stops")
    check(stat.S_IMODE(data.stat().st_mode) == 0o700, "its data folder is its own")


def clean_root(root):
    """Debian 12 and nothing else, from the sources and with the proxies that this machine's apt has."""
    if os.geteuid() != 0:
        return "only root can make a clean Debian to install in"
    if not shutil.which("mmdebstrap"):
        return "mmdebstrap is not installed"
    sources = [path for pattern in ("sources.list", "sources.list.d/*.sources", "sources.list.d/*.list")
               for path in sorted(pathlib.Path("/etc/apt").glob(pattern))
               if re.search(r"^[^#]*(bookworm)", path.read_text(), re.M)]
    if not sources:
        return "this machine's apt has no sources of Debian 12"
    options = root.parent / "apt-options"
    options.write_text("\n".join(line for line in said_by("apt-config", "dump", "Acquire").stdout.splitlines()
                                 if re.match(r"Acquire::(https?|Check|Retries)", line)) + "\n")
    made = said_by("mmdebstrap", "--variant=minbase", "--format=directory", f"--aptopt={options}", "bookworm", root, *sources)
    if made.returncode != 0:
        return "a clean Debian could not be made: " + " / ".join(made.stderr.strip().splitlines()[-2:])
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    lists = said_by(*inside(root, "apt-get", "update"))  # mmdebstrap leaves none behind
    return "" if lists.returncode == 0 else "apt could not read its sources there: " + lists.stderr.strip()[-300:]


def inside(root, *command, user="root"):
    return ["chroot", f"--userspec={user}:{user}", str(root), "/usr/bin/env", "-i", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", *command]


def start(root):
    unit = (root / "lib/systemd/system/handrail.service").read_text()
    user = re.search(r"^User=(.*)$", unit, re.M).group(1)
    return Server(inside(root, "sh", "-c", f"ulimit -c 0; umask 0077; cd /; exec {exec_start(unit)}", user=user))


def installed(folder):
    debs = [package(release, folder) for release in (1, 2)]
    root = folder / "root"
    why_not = clean_root(root)
    if why_not:
        print(f"Skipped: {why_not}.")
        return SKIPPED
    for deb in debs:
        shutil.copy(deb, root / "tmp")
    began = time.monotonic()
    took = said_by(*inside(root, "apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{debs[0].name}"))
    check(took.returncode == 0, "apt installs it" + ("" if took.returncode == 0 else "\n" + took.stdout[-2000:] + took.stderr[-2000:]))
    if took.returncode != 0:
        return 1
    check("journalctl -u handrail" in took.stdout, "it says where the link for the first administrator is")

    data, settings = root / "var/lib/handrail", root / "etc/handrail/handrail.toml"
    owner = data.stat()
    passwd = re.search(r"^handrail:[^:]*:(\d+):(\d+):[^:]*:([^:]*):([^:\n]*)$", (root / "etc/passwd").read_text(), re.M)
    check(passwd is not None and 0 < int(passwd.group(1)) < 1000 and passwd.group(4).endswith("nologin"),
          "there is a system user who cannot log in")
    check(passwd is not None and owner.st_uid == int(passwd.group(1)) and stat.S_IMODE(owner.st_mode) == 0o700,
          "the data folder is that user's alone")
    check(settings.stat().st_uid == 0 and stat.S_IMODE(settings.stat().st_mode) == 0o640, "the settings are root's, and not for everybody")
    wants = root / "etc/systemd/system/multi-user.target.wants/handrail.service"
    check(wants.is_symlink(), "the service starts with the machine")

    # Any free port: the one thing that a test must change. It is then also a change of the administrator's.
    settings.write_text(settings.read_text().replace("# port = 8080", "port = 0"))
    server = start(root)
    if not answers(server, "installed"):
        return 1
    print(f"From `apt-get install` to the first page: {time.monotonic() - began:.1f} s", flush=True)
    kit = {"display_name": "Kit", "login": "kit", "password": "a long enough one for kit"}
    check(server.post("/invitations/" + server.link, kit) == 201, "the first administrator takes the link")
    check(server.stop() == 0, "it stops")
    check(stat.S_IMODE((data / "master.key").stat().st_mode) == 0o600, "the master key is the service's alone")
    key = (data / "master.key").read_bytes()

    took = said_by(*inside(root, "apt-get", "install", "-y", f"/tmp/{debs[1].name}"))
    version = said_by(*inside(root, "dpkg-query", "-W", "-f", "${Version} ${db:Status-Status}", "handrail")).stdout
    check(took.returncode == 0 and version.endswith("-2 installed"), f"apt upgrades it: {version}")
    check("port = 0" in settings.read_text() and stat.S_IMODE(settings.stat().st_mode) == 0o640, "the settings stay as they were changed")
    server = start(root)
    if answers(server, "upgraded"):
        check(not server.link and server.post("/sign-in", {"login": "kit", "password": kit["password"]}) == 200,
              "who was there before the upgrade signs in")
    check(server.stop() == 0, "it stops")

    took = said_by(*inside(root, "apt-get", "remove", "-y", "handrail"))
    check(took.returncode == 0 and not (root / "usr/bin/handrail").exists() and not (root / "usr/share/handrail").exists(),
          "removed: program, content and page are gone")
    check(settings.exists() and (data / "master.key").read_bytes() == key, "removed: settings and data stay")
    took = said_by(*inside(root, "apt-get", "purge", "-y", "handrail"))
    check(took.returncode == 0 and not settings.exists() and not wants.is_symlink(), "purged: the settings are gone")
    check((data / "master.key").read_bytes() == key and "stay in /var/lib/handrail" in took.stdout, "purged: data and key stay, and it says so")

    took = said_by(*inside(root, "apt-get", "install", "-y", f"/tmp/{debs[1].name}"))
    settings.write_text(settings.read_text().replace("# port = 8080", "port = 0"))
    server = start(root)
    check(took.returncode == 0 and bool(server.base) and not server.link, "installed again it goes on with the data that stayed")
    check(server.stop() == 0, "it stops")
    shutil.rmtree(data)
    took = said_by(*inside(root, "apt-get", "purge", "-y", "handrail"))
    check(took.returncode == 0 and "\nhandrail:" not in (root / "etc/passwd").read_text(), "without data a purge leaves no user behind")
    return 0


def main():
    what = {"contents": contents, "installed": installed}[sys.argv[1]]
    # Beside the build: /tmp may be memory, or mounted without programs.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="package-", dir=SOURCE / "build/release"))
    try:
        left = what(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(failed)} failed")
    return 1 if failed else left or 0


if __name__ == "__main__":
    sys.exit(main())
