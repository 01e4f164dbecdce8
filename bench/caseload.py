"""bench/caseload.py PORT TIMES: a clinician of the demo opens the list of their team, so many times, one after another.
Prints JSON: people on the list, the middle wait and the longest in milliseconds, and the bytes of an answer."""

import json
import pathlib
import statistics
import sys
import time
import types

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/release"))
from demo_server import sign_in_staff  # noqa: E402


def main():
    port, times = int(sys.argv[1]), int(sys.argv[2])
    maeve = sign_in_staff(types.SimpleNamespace(port=port, url=f"http://127.0.0.1:{port}"), "maeve")
    waits = []
    for _ in range(times):
        began = time.monotonic()
        answer = maeve.call("GET", "/caseload?scope=team")
        waits.append((time.monotonic() - began) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{answer.status} {answer.body[:300]!r}")
    print(json.dumps({"people": sum(len(group["people"]) for group in answer.json["groups"]), "p50_ms": round(statistics.median(waits), 1), "longest_ms": round(max(waits), 1),
                      "bytes": len(answer.body)}, separators=(",", ":")))


if __name__ == "__main__":
    main()
