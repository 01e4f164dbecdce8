#!/usr/bin/env python3
"""Three nodes on one PostgreSQL, behind a load balancer: tests/release/nodes_test.py BINARY [--keep FOLDER]

People write and check in, all the time. One node is killed, one is paused, the database server is crashed and started again.
Nothing that was acknowledged is lost and nothing is there twice; each person who wrote of danger has one open alert; every
alert that comes due meanwhile is escalated, once; a clinician's event stream moves to another node and goes on telling.
"""

import http.client
import pathlib
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from balancer import Balancer  # noqa: E402
from checks import check, part  # noqa: E402
from demo_server import DemoServer, run, sign_in_staff, sign_up  # noqa: E402
from on_postgres import on_postgres  # noqa: E402
from writers import NO_ANSWER, acknowledged, bytes_of, everything_once, stop, until, writers_for  # noqa: E402

PEOPLE = 6


class Stream(threading.Thread):
    """A clinician's event stream: comes back with Last-Event-ID when it breaks, as browsers do."""

    def __init__(self, server, cookie):
        super().__init__(daemon=True)
        self.server = server
        self.cookie = cookie
        self.last = ""
        self.heard = []
        self.connected = 0
        self.stopping = False

    def run(self):
        while not self.stopping:
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
            try:
                headers = {"Origin": self.server.url, "Cookie": self.cookie, "Accept": "text/event-stream"}
                if self.last:
                    headers["Last-Event-ID"] = self.last
                connection.request("GET", "/api/v1/events", headers=headers)
                answer = connection.getresponse()
                if answer.status == 200:
                    self.connected += 1
                    while line := answer.readline():
                        name, _, value = line.decode().strip().partition(": ")
                        if name == "id":
                            self.last = value
                        elif name == "event":
                            self.heard.append((time.monotonic(), value))
            except NO_ANSWER:
                pass
            finally:
                connection.close()
            time.sleep(0.2)

    def hears_of(self, event, since):
        return any(at >= since and what == event for at, what in list(self.heard))


def another_danger(server, stream, when):
    """Someone new writes of danger through the balancer; the clinician's stream tells of it."""
    caller = None

    def signed_up():
        nonlocal caller
        try:
            caller = sign_up(server)
            return True
        except (AssertionError, *NO_ANSWER):
            return False

    def written():
        try:
            return caller.call("POST", "/conversation/messages", {
                "text": "I want to end my life and I have the pills here", "client_id": "once"}).status == 201
        except NO_ANSWER:
            return False

    check(f"someone can sign up {when}", until(signed_up))
    began = time.monotonic()
    check(f"a message is acknowledged {when}", until(written))
    check(f"the clinician's stream tells of the alert {when}", until(lambda: stream.hears_of("alert", began)),
          (stream.connected, stream.heard[-5:]))


def story(cluster, folder, binary):
    databases = cluster.fresh_databases()
    configs = cluster.nodes(folder, databases, "abc")
    nodes = [DemoServer(binary, None, folder / f"log-{name}", "--config", config) for name, config in zip("abc", configs)]
    balancer = stream = None
    writers = []
    due = "SELECT count(*) FROM handrail.alert WHERE due_at IS NOT NULL AND due_at <= extract(epoch FROM now()) * 1000000"
    escalated = ("SELECT coalesce(max(times), 0) FROM (SELECT count(*) AS times FROM handrail.alert_step "
                 "WHERE kind = 'escalated' GROUP BY alert) each")
    come_due = ("UPDATE handrail.alert SET due_at = (extract(epoch FROM now()) * 1000000)::bigint "
                "WHERE due_at IS NOT NULL AND state = 'open' AND step = 0")
    try:
        with part("three nodes start"):
            nodes[0].spawn()
            nodes[0].wait_ready(900)
            for other in nodes[1:]:
                other.start()
            balancer = Balancer(nodes)
        with part("people write through the balancer"):
            maeve = sign_in_staff(balancer, "maeve")
            stream = Stream(balancer, maeve.cookie)
            stream.start()
            check("the event stream opens", until(lambda: stream.connected > 0))
            writers = writers_for(balancer, PEOPLE)
            check("everybody's words of danger are acknowledged",
                  until(lambda: all(writer.acknowledged["messages"] for writer in writers)))
        with part("a node is killed"):
            nodes[0].kill()
            another_danger(balancer, stream, "after a node was killed")
        with part("a node is paused"):
            nodes[1].process.send_signal(signal.SIGSTOP)
            cluster.ask(databases[0], come_due)
            another_danger(balancer, stream, "while a node is paused")
            check("what came due is escalated while one node is dead and one paused",
                  until(lambda: cluster.ask(databases[0], due) == "0"), cluster.ask(databases[0], due))
            nodes[1].process.send_signal(signal.SIGCONT)
        with part("the database server crashes and starts again"):
            cluster.stop()
            time.sleep(2)
            cluster.start()
            cluster.ask(databases[0], come_due)
            another_danger(balancer, stream, "after the database server came back")
            check("what came due is escalated after the database server came back",
                  until(lambda: cluster.ask(databases[0], due) == "0"), cluster.ask(databases[0], due))
        with part("the killed node comes back"):
            nodes[0].start()
            check("it takes part again", until(lambda: Balancer.answers(nodes[0])))
        with part("everything acknowledged is there, once"):
            time.sleep(1)
            stop(writers)
            check("nothing was refused", not any(writer.refused for writer in writers),
                  [writer.refused[:3] for writer in writers])
            check("everybody wrote on", all(len(writer.acknowledged["messages"]) > 10 for writer in writers))
            everything_once(writers)
            open_alerts = cluster.ask(databases[0], "SELECT coalesce(max(each), 0) FROM (SELECT count(*) AS each FROM "
                                                    "handrail.alert WHERE state <> 'closed' GROUP BY person) counted")
            check("nobody has two open alerts", open_alerts == "1", open_alerts)
            for writer in writers:
                mine = cluster.ask(databases[0], "SELECT count(*) FROM handrail.alert WHERE state <> 'closed' AND person = "
                                                 f"decode('{bytes_of(writer.person)}', 'hex')")
                check("whoever wrote of danger has an open alert", mine == "1", mine)
            times = cluster.ask(databases[0], escalated)
            check("no alert was escalated twice for one time that it came due", times in ("1",), times)
        for node in nodes:
            check("Ctrl-C ends a node with 0", node.stop() == 0)
        with part("the audit record"):
            status, out, err = run(binary, "audit", "verify", "--config", configs[0])
            check("every link holds, over all lanes", status == 0 and b"every link holds" in out, out + err)
        count = acknowledged(writers)
        print(f"    {count} acknowledged, {sum(writer.repeated for writer in writers)} times sent again, longest wait "
              f"{max(writer.longest for writer in writers):.1f} s, {stream.connected} event streams", flush=True)
    finally:
        if stream:
            stream.stopping = True
        for node in nodes:
            if node.process and node.process.poll() is None:
                node.process.send_signal(signal.SIGCONT)
            node.kill()
        if balancer:
            balancer.stop()


if __name__ == "__main__":
    sys.exit(on_postgres(story, "handrail-nodes-", __doc__))
