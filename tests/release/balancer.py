"""A load balancer as services put before several nodes, in few lines: connections go round the nodes whose /readyz answers
200, and those of a node that no longer does are closed, so that clients come back through another one."""

import http.client
import itertools
import selectors
import socket
import threading
import time

LOOK_EVERY = 0.25
LOOK_LONGEST = 1.0


class Balancer:
    def __init__(self, nodes):
        self.nodes = nodes
        self.healthy = {node: True for node in nodes}
        self.open = {node: set() for node in nodes}
        self.lock = threading.Lock()
        self.turn = itertools.count()
        self.stopping = False
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        for work in (self.accept, self.look):
            threading.Thread(target=work, daemon=True).start()

    def join(self, node):
        """One more node, from now on."""
        with self.lock:
            self.open[node] = set()
        self.healthy[node] = self.answers(node)
        self.nodes = [*self.nodes, node]

    def leave(self, node):
        """No new connections go to this node; those that are open stay. As before a planned stop."""
        self.nodes = [each for each in self.nodes if each is not node]

    def look(self):
        while not self.stopping:
            for node in self.nodes:
                self.healthy[node] = self.answers(node)
                if not self.healthy[node]:
                    with self.lock:
                        pairs, self.open[node] = self.open[node], set()
                    for pair in pairs:
                        self.close(pair)
            time.sleep(LOOK_EVERY)

    @staticmethod
    def answers(node):
        connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=LOOK_LONGEST)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException, TypeError):
            return False
        finally:
            connection.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        first, nodes = next(self.turn), self.nodes
        for i in range(len(nodes)):
            node = nodes[(first + i) % len(nodes)]
            if not self.healthy[node]:
                continue
            try:
                server = socket.create_connection(("127.0.0.1", node.port), timeout=LOOK_LONGEST)
            except (OSError, TypeError):
                continue
            server.settimeout(None)
            self.both_ways(node, (client, server))
            return
        client.close()

    def both_ways(self, node, pair):
        with self.lock:
            self.open[node].add(pair)
        try:
            with selectors.DefaultSelector() as ready:
                ready.register(pair[0], selectors.EVENT_READ, pair[1])
                ready.register(pair[1], selectors.EVENT_READ, pair[0])
                while True:
                    for key, _ in ready.select():
                        content = key.fileobj.recv(65536)
                        if not content:
                            return
                        key.data.sendall(content)
        except (OSError, ValueError):
            pass
        finally:
            with self.lock:
                self.open[node].discard(pair)
            self.close(pair)

    @staticmethod
    def close(pair):
        for each in pair:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def stop(self):
        self.stopping = True
        self.listener.close()
