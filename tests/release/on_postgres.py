"""The frame of a test that has a PostgreSQL server of its own."""

import sys

from checks import check, concluded, folder_for, let_go
from demo_server import NotStarted
from postgres_cluster import Cluster, NoPostgres


def on_postgres(test, prefix, usage, programs=1, **settings):
    """Runs `test(cluster, folder, program…)` with the programs of the command line, and removes what it worked on, unless
    `--keep FOLDER` follows them. The exit status: 2 for wrong usage, 77 where this machine has no PostgreSQL server."""
    given = sys.argv[1:]
    if len(given) < programs:
        print(usage)
        return 2
    more = given[programs:]
    keep = more[1] if len(more) > 1 and more[0] == "--keep" else None
    try:
        cluster = Cluster(**settings)
    except NoPostgres as missing:
        print(f"skipped: {missing}")
        return 77
    folder = folder_for(prefix, keep)
    try:
        test(cluster, folder, *given[:programs])
    except (NotStarted, AssertionError, RuntimeError) as problem:
        check("the test reaches its end", False, problem)
    finally:
        cluster.remove()
        let_go(folder, keep)
    return concluded()
