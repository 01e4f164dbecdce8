"""Marks of random bytes in every field that takes free text over HTTP, and the search for them in what is stored."""

import base64
import json
import secrets

from checks import check
from demo_server import fresh_code, sign_in_staff, sign_up


class Marks:
    """A mark for each field: 24 random bytes, written as 48 hexadecimal digits. The first 16 are the same in all marks of
    one test, so that one search finds any of them."""

    def __init__(self):
        self.shared = secrets.token_bytes(16)
        self.by_field = {}

    def of(self, field):
        mark = self.shared + secrets.token_bytes(8)
        self.by_field[field] = mark
        return mark.hex()

    def ways(self, mark):
        """As written, as the bytes themselves, as base64 of either at its three shifts, and as PostgreSQL dumps bytes."""
        digits = mark.hex().encode()
        ways = [digits, mark, digits.hex().encode()]
        for raw in (mark, digits):
            for shift in range(3):
                ways.append(base64.b64encode(b"\0" * shift + raw)[4:-4])
        return ways

    def found_in(self, content):
        """The fields whose marks stand in these bytes."""
        lower = content.lower()
        for number, way in enumerate(self.ways(self.shared)):
            within = lower if number == 0 else content
            at = within.find(way)
            while at >= 0:
                around = within[max(0, at - 16):at + len(way) + 80]
                named = [field for field, mark in self.by_field.items()
                         if any(each in around for each in self.ways(mark))]
                yield from named or ["part of a mark"]
                at = within.find(way, at + 1)


def make_marks(server, marks):
    """A person and the staff write in every field there is. Returns what later parts need."""
    person = sign_up(server, marks.of("display name at sign-up"))
    id_ = person.account["person"]
    person.must("PATCH", "/me", {"display_name": marks.of("display name changed")})
    said = marks.of("message")
    person.must("POST", "/conversation/messages", {"text": f"I am going to kill myself tonight {said}", "client_id": "one"})
    person.must("POST", "/conversation/messages", {"text": f"calm words {marks.of('second message')}",
                                                   "client_id": marks.of("client id")})
    version = person.must("GET", "/check-in/form")["version"]
    person.must("POST", "/check-ins", {"version": version, "answers": {"mood": 2, "note": marks.of("check-in note")}})
    person.must("PUT", "/safety-plan", {"version": 0, "shared_with_team": True, "parts": {
        "warning_signs": [marks.of("warning sign")], "coping": [marks.of("coping")],
        "distraction": [{"text": marks.of("distraction"), "phone": "+353 20 910 0001"}],
        "people": [{"name": marks.of("plan person"), "phone": marks.of("plan phone")}],
        "professionals": [{"name": marks.of("professional"), "phone": "112"}],
        "safer_place": [marks.of("safer place")]}})
    person.must("PUT", "/safe-contact", {
        "phone": marks.of("safe phone"), "email": marks.of("safe mail"), "times": marks.of("safe times"),
        "voicemail_ok": False, "text_ok": True, "address": marks.of("address"), "medicines": marks.of("medicines"),
        "emergency_contact": {"name": marks.of("emergency name"), "relation": marks.of("emergency relation"),
                              "phone": marks.of("emergency phone"), "may_call": True}})
    supporter = person.must("POST", "/supporters", {"name": marks.of("supporter"), "relation": marks.of("supporter relation")})
    person.must("POST", f"/supporters/{supporter['id']}/link", {"shares": ["coping"], "days": 7, "called": marks.of("called"),
                                                                "language": "en", "agreed": True})
    person.must("POST", "/memory", {"kind": "goal", "text": marks.of("memory")})

    # What is refused must not be written down either.
    for path, body in (("/conversation/messages", {"text": marks.of("too long a message") * 5000, "client_id": "x"}),
                       ("/check-ins", {"version": version, "answers": {"mood": marks.of("wrong mood")}}),
                       ("/sign-in", {"login": marks.of("unknown log-in"), "password": marks.of("wrong password")}),
                       ("/conversation/choices", {"message": marks.of("wrong id"), "choice": marks.of("wrong choice")}),
                       ("/" + marks.of("unknown address"), {})):
        status = person.call("POST", path, body).status
        check(f"POST {path[:30]} with nonsense is refused", 400 <= status < 500, status)

    maeve = sign_in_staff(server, "maeve")
    rows = [row for group in maeve.must("GET", "/caseload")["groups"] for row in group["people"]]
    row = next(each for each in rows if each["person"] == id_)
    alert = row["alert"]
    maeve.must("POST", f"/alerts/{alert}/acknowledge", {"note": marks.of("acknowledging note")})
    maeve.must("POST", f"/alerts/{alert}/notes", {"text": marks.of("alert note")})
    shown = maeve.must("GET", f"/alerts/{alert}")
    check("the alert shows the words to the clinician", said in json.dumps(shown))
    maeve.must("POST", f"/findings/{shown['finding']['id']}/judgement",
               {"judgement": "agree", "note": marks.of("judgement note")})
    talk = shown["conversation"]
    maeve.must("POST", f"/conversations/{talk}/take", {})
    maeve.must("POST", f"/conversations/{talk}/messages", {"text": marks.of("a human's message"), "client_id": "h1"})
    maeve.must("POST", f"/conversations/{talk}/hand-back", {"line": marks.of("hand-back line")})
    maeve.must("POST", f"/people/{id_}/notes", {"text": marks.of("staff note")})
    maeve.call("GET", f"/people?query={marks.of('search for a person')}")
    maeve.must("POST", f"/alerts/{alert}/outcome", {"outcome": "reached", "record": marks.of("alert record"),
                                                    "reason": marks.of("reason")})

    idris = sign_in_staff(server, "idris")
    outside = idris.call("GET", f"/people/{id_}")
    check("somebody outside the team is shut out", outside.status == 403 and b"outside-team" in outside.body, outside.body)
    code = fresh_code(server, "idris", idris.code)
    idris.must("POST", f"/people/{id_}/break-glass", {"reason": marks.of("break-glass reason"), "code": code})
    check("break-glass opens the one person", idris.call("GET", f"/people/{id_}").status == 200)
    ruth = sign_in_staff(server, "ruth")
    opened = ruth.must("GET", "/service-report")["break_glass"]
    check("the lead sees the reason", marks.by_field["break-glass reason"].hex() in json.dumps(opened), opened)
    ruth.must("POST", f"/break-glass/{opened[0]['id']}/review", {"note": marks.of("review note")})
    looked = json.dumps(person.must("GET", "/privacy/accesses"))
    check("who looked names the clinician and the break-glass", "Maeve" in looked and "Idris" in looked, looked[:400])

    kit = sign_in_staff(server, "kit")
    kit.must("POST", "/admin/teams", {"name": marks.of("team name")})
    kit.must("POST", "/admin/invitations", {"role": "clinician", "display_name": marks.of("invited name"),
                                            "email": marks.of("invited mail") + "@example.org"})
    check("an administrator reads no words", kit.call("GET", f"/people/{id_}").status in (403, 404))
    login = "n" + secrets.token_hex(4)
    password = "a long enough pass phrase"
    named = sign_up(server, marks.of("display name with a log-in"), login=login, password=password)
    named.login, named.password = login, password
    return person, named, said
