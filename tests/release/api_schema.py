"""Holds what the server says against its own OpenAPI document, more strictly than a client would: an object may have no
member that the document does not name, so that neither can go on without the other."""

import re

from demo_server import Caller

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class Document:
    def __init__(self, document):
        self.schemas = document["components"]["schemas"]
        self.operations = {}  # (method, pattern) -> operation
        for pattern, methods in document["paths"].items():
            for method, operation in methods.items():
                self.operations[(method.upper(), pattern)] = operation

    def find(self, method, path):
        """The pattern that a path without its query belongs to; one without braces goes first."""
        parts = path.split("?")[0].split("/")
        fits = []
        for known, pattern in self.operations:
            wanted = pattern.split("/")
            if known == method and len(wanted) == len(parts) and all(
                    each.startswith("{") or each == part for each, part in zip(wanted, parts)):
                fits.append(pattern)
        return min(fits, key=lambda pattern: pattern.count("{")) if fits else None

    def problems(self, schema, value, where="answer"):
        """What is wrong with a value, in sentences; empty when nothing is."""
        if "$ref" in schema:
            return self.problems(self.schemas[schema["$ref"].rsplit("/", 1)[1]], value, where)
        if "anyOf" in schema:
            return self.of_several(schema["anyOf"], value, where)
        if "enum" in schema:
            return [] if value in schema["enum"] else [f"{where} is {value!r}, not one of {schema['enum']}"]
        kind = schema.get("type")
        check = getattr(self, f"of_{kind}", None)
        return check(schema, value, where) if check else []  # no type: any JSON

    def of_several(self, choices, value, where):
        tried = [self.problems(each, value, where) for each in choices]
        # The nearest choice tells most: of several shapes the one whose fixed texts fit.
        return [] if any(not each for each in tried) else min(tried, key=len)

    def of_object(self, schema, value, where):
        if not isinstance(value, dict):
            return [f"{where} is no object"]
        known, found = schema.get("properties", {}), []
        for name in schema.get("required", []):
            if name not in value:
                found.append(f"{where}.{name} is missing")
        for name, member in value.items():
            if name in known:
                found += self.problems(known[name], member, f"{where}.{name}")
            elif "additionalProperties" in schema:
                found += self.problems(schema["additionalProperties"], member, f"{where}.{name}")
            else:
                found.append(f"{where}.{name} is not in the document")
        return found

    def of_array(self, schema, value, where):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            return [f"{where} has {len(value)} members"]
        return [each for at, member in enumerate(value) for each in self.problems(schema["items"], member, f"{where}[{at}]")]

    @staticmethod
    def of_string(schema, value, where):
        if not isinstance(value, str):
            return [f"{where} is no text"]
        if schema.get("format") == "date-time" and not INSTANT.fullmatch(value):
            return [f"{where} is no instant: {value!r}"]
        if "pattern" in schema and not re.search(schema["pattern"], value):
            return [f"{where} is no id: {value!r}"]
        return []

    @staticmethod
    def of_integer(_schema, value, where):
        return [] if isinstance(value, int) and not isinstance(value, bool) else [f"{where} is no whole number"]

    @staticmethod
    def of_number(_schema, value, where):
        return [] if isinstance(value, (int, float)) and not isinstance(value, bool) else [f"{where} is no number"]

    @staticmethod
    def of_boolean(_schema, value, where):
        return [] if isinstance(value, bool) else [f"{where} is neither true nor false"]

    @staticmethod
    def of_null(_schema, value, where):
        return [] if value is None else [f"{where} is not null"]


class Watched(Caller):
    """A browser whose every exchange is held against the document; what differs is told through `tell`."""

    def __init__(self, server, document, seen, tell, cookie=""):
        super().__init__(server, cookie)
        self.document, self.seen, self.tell = document, seen, tell

    def call(self, method, path, body=None, timeout=60):
        answer = super().call(method, path, body, timeout)
        pattern = self.document.find(method, "/api/v1" + path)
        if pattern is None:
            self.tell(f"{method} {path}", "the document has no such route")
            return answer
        operation = self.document.operations[(method, pattern)]
        name = f"{method} {pattern}"
        if answer.status < 300:
            self.seen.add((method, pattern))
            for problem in self.of_request(operation, body) + self.of_answer(operation, answer):
                self.tell(name, problem)
        else:
            schema = self.document.schemas["Problem"]
            for problem in self.document.problems(schema, answer.json, "problem"):
                self.tell(name, problem)
        return answer

    def of_request(self, operation, body):
        if "requestBody" not in operation:
            return [] if body is None else ["a body was taken that the document does not name"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        return [] if body is None else self.document.problems(schema, body, "body")

    def of_answer(self, operation, answer):
        declared = operation["responses"].get(str(answer.status))
        if declared is None:
            return [f"it answered {answer.status}, which the document does not name"]
        if "content" not in declared:
            return ["it has a body, and the document names none"] if answer.body else []
        schema = declared["content"]["application/json"]["schema"]
        return self.document.problems(schema, answer.json)
