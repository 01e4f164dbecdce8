#!/usr/bin/env python3
"""A PostgreSQL cluster for bench/run: bench/cluster.py FOLDER

Makes it under FOLDER, on the same disk as the embedded store that it is compared with, and writes FOLDER/postgres.toml. Says
`ready VERSION` or `missing WHY`, and takes it down when its standard input ends.
"""

import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/release"))
from postgres_cluster import Cluster, NoPostgres  # noqa: E402


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.chmod(0o711)  # the server may run as a user of its own, who has to get through
    try:
        cluster = Cluster(where=folder)
    except NoPostgres as missing:
        print(f"missing {missing}", flush=True)
        return 0
    try:
        cluster.configuration(folder / "postgres.toml", cluster.fresh_databases())
        print("ready " + cluster.ask("postgres", "SHOW server_version").split()[0], flush=True)
        sys.stdin.read()
    finally:
        cluster.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
