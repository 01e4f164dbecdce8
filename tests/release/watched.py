"""What a server shows to whoever watches it: a collector of traces, /metrics, and the log."""

import http.client
import http.server
import json
import pathlib
import re
import threading

from checks import check


class Collector:
    """Takes traces over OTLP/HTTP on a free port and keeps every byte of them in a file."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.path.touch()
        self.lock = threading.Lock()
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with collector.lock, open(collector.path, "ab") as kept:
                    kept.write(body + b"\n")
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1/traces"

    def spans(self):
        with self.lock:
            bodies = [json.loads(line) for line in self.path.read_text().splitlines()]
        return [span for body in bodies for resource in body["resourceSpans"]
                for scope in resource["scopeSpans"] for span in scope["spans"]]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def watched_settings(path, collector):
    """A configuration that lets a demo say everything it can say of itself."""
    pathlib.Path(path).write_text(f'[server]\nlog_level = "debug"\n[backup]\nevery = "off"\n'
                                  f'[traces]\nendpoint = "{collector.url}"\n')
    return path


def metrics_of(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        text = answer.read().decode()
        check("/metrics answers this machine", answer.status == 200, answer.status)
        return text
    finally:
        connection.close()


ONE_ID = re.compile(r"(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])")


def numbers_tell(server):
    """Every family once, in the form Prometheus reads; what make_marks() did stands in it."""
    text = metrics_of(server)
    families = re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M)
    check("every family has a HELP and stands once", len(families) == len(set(name for name, _ in families)) and
          [name for name, _ in families] == re.findall(r"^# HELP (\S+) \S", text, re.M), families)
    wrong = [line for line in text.splitlines() if not line.startswith("# ") and
             not re.fullmatch(r'[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [0-9.eE+-]+', line)]
    check("every line can be read", not wrong, wrong[:3])
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("# "))
    number = lambda name: float(values.get(name, "nan"))  # noqa: E731
    check("somebody acknowledged an alert for now", number('handrail_alert_acknowledged_seconds_count{urgency="now"}') >= 1)
    check("messages were screened", number('handrail_screened_total{urgency="now"}') >= 1 and
          number("handrail_screening_seconds_count") >= 2)
    check("commits were counted", number("handrail_store_commit_seconds_count") > 10)
    check("the store answers", number("handrail_store_answers") == 1 and number("handrail_store_durable") == 1)
    check("the disk has a size", number("handrail_disk_size_bytes") > number("handrail_disk_free_bytes") > 0)
    check("traces went out", number("handrail_traces_sent_total") > 0)
    check("no id stands in it", not ONE_ID.search(text), ONE_ID.findall(text)[:3])
    return text


def log_and_traces_fit(server, collector, caller, path):
    """Every line of the log has one form; one request is found in its answer, in the log and in the traces."""
    lines = []
    for raw in server.log.read_text().splitlines():
        try:
            line = json.loads(raw)
        except ValueError:
            line = {"broken": raw[:200]}
        lines.append(line)
    wrong = [line for line in lines if not {"at", "level", "part", "what"} <= set(line) or
             line["level"] not in ("debug", "info", "warn", "error")]
    check("every line of the log is one JSON object of one form", lines and not wrong, wrong[:3])
    known = {"at", "level", "part", "what", "request", "method", "route", "status", "seconds"}
    check("no line says more", all(set(line) <= known for line in lines))
    answered = [line for line in lines if line["what"] == "answered"]
    check("every request stands in it at debug, by its route", len(answered) > 20 and
          all(re.fullmatch(r"[0-9a-f]{32}", line["request"]) for line in answered) and
          not any(ONE_ID.search(line["route"]) for line in answered), answered[:1])
    answer = caller.call("GET", path)
    request = answer.headers.get("X-Request-Id", "")
    check("an answer names its request", re.fullmatch(r"[0-9a-f]{32}", request), answer.headers)
    for _ in range(100):
        spans = collector.spans()
        if any(span["traceId"] == request for span in spans):
            break
        threading.Event().wait(0.1)
    in_log = [json.loads(raw) for raw in server.log.read_text().splitlines() if request in raw]
    check("the log names the same request", [line["what"] for line in in_log] == ["answered"], in_log)
    check("and so does its trace", any(span["traceId"] == request for span in spans))
    names = {span["name"] for span in spans}
    check("a message is seen from the request to the commit",
          {"POST /api/v1/conversation/messages", "screening", "store.write", "store.commit", "reply"} <= names, names)
    said = json.dumps(spans)
    check("no id of anything stands in a trace", not ONE_ID.search(said), ONE_ID.findall(said)[:3])
