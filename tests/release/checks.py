"""Counts what holds, and goes on after what does not, so that one fault does not hide the others."""

import contextlib
import http.client
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

from demo_server import NotStarted

passed = 0
failures = []


def check(what, holds, detail=""):
    global passed
    if holds:
        passed += 1
    else:
        failures.append(what)
        print(f"FAILED  {what}" + (f": {str(detail)[:600]}" if detail else ""), flush=True)


@contextlib.contextmanager
def part(name):
    """One part that breaks does not hide the others."""
    began = time.monotonic()
    try:
        yield
    except (AssertionError, NotStarted, KeyError, IndexError, StopIteration, OSError, json.JSONDecodeError,
            http.client.HTTPException, subprocess.SubprocessError) as problem:
        check(f"{name} reaches its end", False, f"{type(problem).__name__}: {problem}")
    print(f"  {name}  {time.monotonic() - began:.1f} s", flush=True)


def folder_for(prefix, keep=None):
    """Where the test works: `keep`, or a temporary folder. Goes through let_go() at the end."""
    folder = pathlib.Path(keep or tempfile.mkdtemp(prefix=prefix))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def let_go(folder, keep=None):
    if keep:
        print(f"kept: {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)


def concluded():
    """Prints the count; the exit status."""
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0
