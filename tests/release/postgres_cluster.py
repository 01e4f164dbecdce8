"""A PostgreSQL server of the test's own, as tests/postgres_cluster.cpp makes one for the unit tests: in a temporary folder,
on loopback and a socket in that folder, with fsync on, and gone with the test."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time


class NoPostgres(Exception):
    """This machine has no PostgreSQL server; the text says what is missing."""


def newest_binaries():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoPostgres("no /usr/lib/postgresql/*/bin/initdb; install the package postgresql")
    return found[-1].parent


def roomy_folder():
    """In memory where there is room: the server flushes as it always does, and the test does not wait for a slow disk."""
    try:
        memory = os.statvfs("/dev/shm")
        if memory.f_bavail * memory.f_frsize > 3_000_000_000 and os.access("/dev/shm", os.W_OK | os.X_OK):
            return "/dev/shm"
    except OSError:
        pass
    return None


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Cluster:
    """`archiving`: keeps every segment of its write-ahead log in `archive`, as docs/operations.md says. `recovered`: what is not
    made anew but brought back, a (base backup, archive, instant). `where`: the folder it is made in."""

    def __init__(self, archiving=False, recovered=None, where=None):
        self.binaries = newest_binaries()
        # PostgreSQL does not run as root: then as the user `postgres`.
        self.user = {}
        if os.geteuid() == 0:
            try:
                found = pwd.getpwnam("postgres")
            except KeyError:
                raise NoPostgres("running as root, and there is no user postgres to run the server as") from None
            self.user = {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="handrail-postgres-", dir=where or roomy_folder()))
        if self.user:
            os.chown(self.folder, self.user["user"], self.user["group"])
        self.log = self.folder / "log"
        self.archive = self.folder / "archive"
        self.more = []
        self.server = None
        self.port = free_port()
        self.databases = 0
        try:
            if recovered:
                self.recover(*recovered)
                return
            with open(self.log, "ab") as log:
                subprocess.run([self.binaries / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E",
                                "UTF8", "--locale=C", "--no-sync"], check=True, cwd="/", stdout=log, stderr=log, **self.user)
            if archiving:
                self.own(self.archive)
                self.more = ["archive_mode=on", f"archive_command=test ! -f {self.archive}/%f && cp %p {self.archive}/%f.part && "
                             f"mv {self.archive}/%f.part {self.archive}/%f"]
            self.start()
            self.ask("postgres", "CREATE ROLE handrail LOGIN NOSUPERUSER NOBYPASSRLS",
                     "CREATE ROLE handrail_keys LOGIN NOSUPERUSER NOBYPASSRLS")
        except BaseException:
            self.remove()
            raise

    def start(self):
        settings = ["listen_addresses=127.0.0.1", "fsync=on", "synchronous_commit=on", "max_connections=100",
                    "shared_buffers=64MB", *self.more]
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, "-p", str(self.port),
                 *[word for each in settings for word in ("-c", each)]], cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, **self.user)
        for _ in range(1500):
            ready = subprocess.run([self.binaries / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port)], check=False)
            if ready.returncode == 0:
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("the PostgreSQL server did not start: " + self.log.read_text(errors="replace")[-500:])

    def own(self, folder):
        """Makes a folder that the database server may write to."""
        folder.mkdir(mode=0o700)
        if self.user:
            os.chown(folder, self.user["user"], self.user["group"])

    def base_backup(self, into):
        """pg_basebackup, as docs/operations.md says."""
        self.own(into)
        subprocess.run([self.binaries / "pg_basebackup", "-D", into, "-h", self.folder, "-p", str(self.port), "-U", "postgres",
                        "--checkpoint=fast"], check=True, cwd="/", capture_output=True, **self.user)

    def recover(self, base, archive, instant):
        """Brings a base backup forward to an instant, from the archive, and goes on from there."""
        shutil.copytree(base, self.folder / "data")
        (self.folder / "data" / "recovery.signal").touch()
        if self.user:
            for path in [self.folder / "data", *(self.folder / "data").rglob("*")]:
                os.chown(path, self.user["user"], self.user["group"])
        self.more = [f"restore_command=cp {archive}/%f %p", f"recovery_target_time={instant}", "recovery_target_action=promote"]
        self.start()
        for _ in range(600):
            if self.ask("postgres", "SELECT pg_is_in_recovery()") == "f":
                return
            time.sleep(0.1)
        raise RuntimeError("the recovery did not end: " + self.log.read_text(errors="replace")[-500:])

    def archive_all(self):
        """Ends the segment that is being written, and waits until it is in the archive."""
        segment = self.ask("postgres", "SELECT pg_walfile_name(pg_switch_wal())")
        for _ in range(600):
            if (self.archive / segment).exists():
                return
            time.sleep(0.1)
        raise RuntimeError(f"{segment} was not archived")

    def stop(self):
        """At once, as a crash would: what is not in the files yet stands in the write-ahead log."""
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, database, *statements):
        """As the superuser; what psql prints, without headings."""
        told = subprocess.run(
            [self.binaries / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p",
             str(self.port), "-U", "postgres", "-d", database, *[word for each in statements for word in ("-c", each)]],
            check=True, capture_output=True, text=True)
        return told.stdout.strip()

    def fresh_databases(self):
        """The names of two empty databases, one for the record and one for the keys, each closed to the other's role."""
        self.databases += 1
        names = f"record_{self.databases}", f"keys_{self.databases}"
        for name, owner in zip(names, ("handrail", "handrail_keys")):
            self.ask("postgres", f"CREATE DATABASE {name} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0",
                     f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC")
        return names

    def conninfo(self, database, role):
        return f"host=127.0.0.1 port={self.port} user={role} dbname={database}"

    def configuration(self, file, databases, *more):
        """Writes a handrail.toml that keeps its store in these two databases. Gives its path."""
        file.write_text("\n".join([
            "[store]", f'postgres = "{self.conninfo(databases[0], "handrail")}"',
            f'postgres_keys = "{self.conninfo(databases[1], "handrail_keys")}"', *more, ""]))
        return file

    def nodes(self, folder, databases, names):
        """Writes a handrail.toml for each of several nodes on these databases, which share their keys in folder/keys."""
        (folder / "keys").mkdir(mode=0o700)
        return [self.configuration(folder / f"{name}.toml", databases, f'folder = "node-{name}"', "[keys]",
                                   f'master = "{folder / "keys/master.key"}"', 'epoch = "keys/epoch.key"') for name in names]

    def dump(self, database, *more):
        """pg_dump of the whole database, as the superuser."""
        return subprocess.run([self.binaries / "pg_dump", "-h", self.folder, "-p", str(self.port), "-U", "postgres", *more,
                               database], check=True, capture_output=True).stdout

    def restore(self, file, database, role):
        """As docs/operations.md says: what pg_dump wrote for a backup, into an empty database."""
        subprocess.run([self.binaries / "pg_restore", "-h", "127.0.0.1", "-p", str(self.port), "-U", role, "--no-owner",
                        "--exit-on-error", "-d", database, file], check=True, capture_output=True)
