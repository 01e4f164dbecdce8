"""A test that kills at random: the same seed kills at the same moments again, as far as the machine lets it."""

import argparse
import http.client
import random
import shutil

from demo_server import NotStarted

NO_ANSWER = (OSError, http.client.HTTPException)


def run_seeded(about, kills, make):
    """Reads --binary, --kills, --seed and --keep, runs make(options) and cleans up after it; the exit status."""
    parser = argparse.ArgumentParser(description=about.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--kills", type=int, default=kills)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", help="work in this folder, and leave it")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(10**6)
    test = make(options)
    result = 1
    try:
        result = test.run()
    except (NotStarted, AssertionError, *NO_ANSWER) as problem:
        print(f"{type(problem).__name__}: {problem}")
        print(f"the test did not reach its end (seed {options.seed})")
    finally:
        test.clean_up()
        if options.keep:
            print(f"kept: {test.folder}")
        else:
            shutil.rmtree(test.folder, ignore_errors=True)
    return result
