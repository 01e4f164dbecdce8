#!/usr/bin/env python3
"""api_document_test.py BINARY: the OpenAPI document, the types of the web page and what the server says are one.

The committed web/src/api/generated.ts is what the generator makes of the document now. Then a made-up person, clinicians, a
lead and an administrator use every route there is, and each body and answer is held against the document.
"""

import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from api_schema import Document, Watched  # noqa: E402
from api_walk_of_leads import LeadsWalk  # noqa: E402
from demo_server import PASSWORD, SOURCE, DemoServer, demo_code, fresh_code, run  # noqa: E402

GENERATED = SOURCE / "web/src/api/generated.ts"
GENERATOR = SOURCE / "web/tools/types_from_openapi.mjs"
# An endless stream of events has no answer to hold against anything; the document describes itself.
# A link that opens something is only in a letter, and this server sends none. WhatsApp is off here: its codes are walked in
# tests/routes/whatsapp_webhook_test.cpp. The key of an app is made on the command line; tests/routes/imports_routes_test.cpp
# sends with one.
NOT_WALKED = {("GET", "/api/v1/events"), ("GET", "/api/openapi.json"), ("POST", "/api/v1/asked/open"),
              ("POST", "/api/v1/asked-about/open"), ("POST", "/api/v1/asked-about/answer"), ("POST", "/api/v1/asked-about/no-more"),
              ("POST", "/api/v1/asked/answer"), ("POST", "/api/v1/asked/no-more"),
              ("POST", "/api/v1/whatsapp/code"), ("PUT", "/api/v1/people/{person}/daily")}
NEW_PASSWORD = "another long pass phrase"

failures = []


def check(what, holds, detail=""):
    print(("ok      " if holds else "FAILED  ") + what + (f": {str(detail)[:600]}" if detail and not holds else ""), flush=True)
    if not holds:
        failures.append(what)


def node():
    pinned = SOURCE / "web/node_modules/node/bin/node"
    return str(pinned) if pinned.exists() else shutil.which("node")


def types_are_what_the_document_gives(printed):
    made = subprocess.run([node(), str(GENERATOR), "-", "-"], input=printed, capture_output=True, check=False)
    check("the generator reads the document", made.returncode == 0, made.stderr.decode())
    check("web/src/api/generated.ts is what it makes now (build/release/handrail openapi | node web/tools/types_from_openapi.mjs)",
          made.stdout == GENERATED.read_bytes())


def an_hour_ago():
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Walk(LeadsWalk):
    """The routes, by who uses them. Each step needs what the one before it left."""

    check = staticmethod(check)

    def __init__(self, server, document):
        self.server, self.document, self.seen = server, document, set()
        self.told = set()
        self.new_people = 0

    def browser(self):
        return Watched(self.server, self.document, self.seen, self.tell)

    def tell(self, name, problem):
        if (name, problem) not in self.told:
            self.told.add((name, problem))
            check(name, False, problem)

    def sign_in(self, login, code=""):
        browser = self.browser()
        form = {"login": login, "password": PASSWORD}
        if login in ("maeve", "idris", "noor", "pia", "ruth", "kit"):
            browser.code = demo_code(self.server, login)
            form["code"] = browser.code
        browser.account = browser.must("POST", "/sign-in", form)["account"]
        return browser

    def new_person(self, **more):
        browser = self.browser()
        self.new_people += 1
        browser.made = browser.must("POST", "/sign-up", {
            "age_band": "26_64", "country": "IE", "language": "en", "display_name": f"Wren {self.new_people}",
            "consents": {"record": True, "staff_reading": True, "language_model": False, "research": False}, **more})
        browser.account = browser.made["account"]
        return browser

    def anyone(self):
        browser = self.browser()
        for path in ("/service", "/keeping", "/help", "/help?country=IE", "/help?country=FR", "/protocol", "/demo/log-ins"):
            browser.must("GET", path)
        check("a refusal is a problem document", browser.call("GET", "/me").status == 401)

    def person(self):
        person = self.new_person(login="wren-river", password=PASSWORD)
        person.must("GET", "/me")
        person.must("PATCH", "/me", {"display_name": "Wren", "theme": "dark"})
        for text in ("I can't sleep and my chest is tight", "I feel so low", "I have decided. It will be tonight."):
            said = person.must("POST", "/conversation/messages", {"text": text, "client_id": text[:20]})
        person.must("GET", "/conversation")
        person.must("GET", "/conversation/messages?before=2036-01-01T00:00:00Z")
        offered = [(said["replies"][-1]["id"], block["choices"][0]["id"]) for block in said["replies"][-1]["blocks"]
                   if block.get("choices")]
        check("danger asks a question with choices", bool(offered))
        person.must("POST", "/conversation/choices", {"message": offered[0][0], "choice": offered[0][1]})
        person.must("POST", "/conversation/person-wanted")
        person.must("DELETE", "/conversation/person-wanted")
        person.must("GET", "/exercises")
        form = person.must("GET", "/check-in/form")
        person.must("POST", "/check-ins", {
            "form": form["id"], "version": form["version"], "client_id": "one", "answered_at": an_hour_ago(),
            "answers": {"mood": 2, "sleep": 3, "did": ["people"], "note": "I want to kill myself"}})
        person.must("GET", "/check-ins")
        person.must("GET", "/progress?days=28&offset=60")
        for each in person.must("GET", "/questionnaires")["items"]:
            if each["available"]:
                form = person.must("GET", f"/questionnaires/{each['id']}")
                answers = {item["id"]: item["options"][1]["value"] for item in form["items"]}
                person.must("POST", f"/questionnaires/{each['id']}/answers",
                            {"version": form["version"], "answers": {**answers, form["items"][0]["id"]: None},
                             "refused": [form["items"][0]["id"]]})
        plan = person.must("GET", "/safety-plan")
        person.must("PUT", "/safety-plan", {
            "version": plan["version"], "shared_with_team": True, "kept_on_device": True,
            "parts": {"warning_signs": ["I stop answering"], "coping": ["Walk"], "safer_place": ["The box is with Joss"],
                      "distraction": [{"text": "The pier", "phone": "01 555 0111"}, {"text": "The library"}],
                      "people": [{"name": "Joss", "phone": "085 555 0142"}], "professionals": [{"name": "The team"}]}})
        person.must("GET", "/safety-plan")
        person.must("GET", "/safe-contact")
        person.must("PUT", "/safe-contact", {
            "phone": "085 555 0199", "email": "wren@example.org", "times": "after six", "voicemail_ok": False, "text_ok": True,
            "address": "4 Pier Road", "medicines": "none",
            "emergency_contact": {"name": "Joss", "relation": "brother", "phone": "085 555 0142", "may_call": True}})
        person.must("GET", "/safe-contact")
        return person

    def supporters(self, clinician, person, at):
        """Whom somebody lets see parts of their safety plan. Of a grown person nothing waits for a clinician."""
        check("one reads first what one agrees to", len(person.must("GET", "/supporters")["consent"]) == 4)
        supporter = person.must("POST", "/supporters", {"name": "Joss", "relation": "brother"})
        one = f"/supporters/{supporter['id']}"
        made = person.must("POST", f"{one}/link", {"shares": ["coping", "people"], "days": 7, "called": "Addie", "language": "en",
                                                   "agreed": True})
        shown = self.browser().must("POST", "/shared-plan/open", {"token": made["token"]})
        check("what was ticked is shown", shown["parts"]["coping"] == ["Walk"] and shown["parts"]["warning_signs"] == [], shown)
        person.must("PUT", f"{one}/link", {"shares": ["warning_signs"]})
        check("and what is ticked instead",
              self.browser().must("POST", "/shared-plan/open", {"token": made["token"]})["parts"]["coping"] == [])
        check("the person sees how often it was opened", person.must("GET", "/supporters")["items"][0]["link"]["opened"] == 2)
        check("a grown person's link is not the team's", clinician.must("GET", f"{at}/supporter-links")["items"] == [])
        clinician.must("PUT", f"{at}/supporter-links/{supporter['id']}/understood", {"note": "Said it back in own words."})
        check("one that somebody wrote a note about is", clinician.must("GET", f"{at}/supporter-links")["items"][0]["link"]["understood"])
        person.must("DELETE", f"{one}/link")
        answer = self.browser().call("POST", "/shared-plan/open", {"token": made["token"]})
        check("taken back, it opens nothing", answer.status == 404, answer.status)
        person.must("DELETE", one)

    def privacy(self, person):
        person.must("GET", "/consents")
        person.must("PUT", "/consents", {"purposes": [{"id": "research", "granted": True}]})
        person.must("PUT", "/consents", {"purposes": [{"id": "wearables", "granted": True}]})
        person.must("PUT", "/daily", {"day": str(datetime.datetime.now(datetime.UTC).date()), "source": "watch",
                                      "values": {"steps": 8200, "sleep_minutes": None}})
        check("what is not known is no value", [each["measure"] for each in person.must("GET", "/daily")["items"]] == ["steps"])
        person.must("GET", "/privacy/readers")
        person.must("GET", "/privacy/sent")
        check("no number is joined where WhatsApp is off", not person.must("GET", "/whatsapp")["on"])
        person.must("DELETE", "/whatsapp")
        check("and no code is given", person.call("POST", "/whatsapp/code").status == 409)
        check("staff who looked stand in the list", person.must("GET", "/privacy/accesses")["items"])
        person.must("GET", "/privacy/download")
        check("erasing waits while an alert is open, and is told so",
              person.call("POST", "/privacy/erase").status in (401, 409))
        other = self.new_person(login="tern-river", password=PASSWORD)
        self.own_words(other)
        other.must("POST", "/conversation/new", {"memory": False})
        other.must("GET", "/privacy/erase")
        other.must("POST", "/me/re-authenticate", {"password": PASSWORD})
        other.must("POST", "/privacy/erase")
        other.must("DELETE", "/privacy/erase")
        other.must("POST", "/me/password", {"old": PASSWORD, "new": NEW_PASSWORD})
        again = self.browser()
        again.must("POST", "/sign-in", {"login": "tern-river", "password": NEW_PASSWORD})
        sessions = again.must("GET", "/me/sessions")["items"]
        for each in sessions:
            if not each["current"]:
                again.must("DELETE", f"/me/sessions/{each['id']}")
        again.must("POST", "/sign-out")
        self.browser().must("POST", "/recovery", {"login": "tern-river", "recovery_code": other.made["recovery_codes"][0],
                                                  "new_password": PASSWORD})

    def own_words(self, person):
        """What is remembered, what was written in an exercise, and where help is."""
        item = person.must("POST", "/memory", {"kind": "helps", "text": "walking by the sea"})
        person.must("GET", "/memory")
        person.must("PUT", f"/memory/{item['id']}", {"text": "walking by the canal"})
        person.must("DELETE", f"/memory/{item['id']}")
        person.must("DELETE", "/memory")
        for at, words in enumerate(["can we do a breathing exercise", "next", "next", "next", "next", "easier"]):
            person.must("POST", "/conversation/messages", {"text": words, "client_id": f"step-{at}"})
        runs = person.must("GET", "/exercise-words")["items"]
        check("a rated exercise stands in the plan", [run["rating"] for run in runs] == ["better"], runs)
        for run in runs:
            person.must("DELETE", f"/exercise-words/{run['id']}")
        person.must("GET", "/resources?country=IE")

    def alert_of(self, staff, person):
        for group in staff.must("GET", "/caseload?scope=team")["groups"]:
            for row in group["people"]:
                if row["person"] == person.account["person"] and row.get("alert"):
                    return row["alert"]
        return None

    def staff_of(self, clinicians, person):
        """The clinician on whose caseload the alert stands."""
        for each in clinicians:
            alert = self.alert_of(each, person)
            if alert:
                return each, alert
        raise AssertionError("the alert stands on nobody's caseload")

    def clinician(self, clinicians, person):
        clinician, alert = self.staff_of(clinicians, person)
        clinician.must("GET", "/caseload?scope=mine")
        clinician.must("GET", f"/alerts/{alert}")
        clinician.must("POST", f"/alerts/{alert}/acknowledge", {"note": "calling now"})
        clinician.must("POST", f"/alerts/{alert}/notes", {"text": "rang twice"})
        clinician.must("POST", f"/alerts/{alert}/deeds", {"step": "call_person", "deed": "no_answer"})
        clinician.must("POST", f"/alerts/{alert}/answers", {"answers": {"someone_there": "not_asked"}})
        clinician.must("GET", "/people?query=wren")
        page = clinician.must("GET", f"/people/{person.account['person']}")
        clinician.must("GET", f"/people/{person.account['person']}/timeline?before=2036-01-01T00:00:00Z")
        clinician.must("POST", f"/people/{person.account['person']}/notes", {"text": "Prefers to be called after six."})
        self.treated(clinician, f"/people/{person.account['person']}")
        self.asked(clinician, person, f"/people/{person.account['person']}")
        self.designed(clinician, person, f"/people/{person.account['person']}")
        self.somebody_close(clinician, person, f"/people/{person.account['person']}")
        self.supporters(clinician, person, f"/people/{person.account['person']}")
        finding = clinician.must("GET", "/findings?unjudged=true")["items"][0]
        clinician.must("POST", f"/findings/{finding['id']}/judgement", {"judgement": "agree"})
        self.conversation(clinician, page["conversation"])
        clinician.must("POST", f"/alerts/{alert}/outcome",
                       {"outcome": "not_reached", "record": "No answer.", "answers": {"someone_there": "not_asked"}})
        return clinician, alert

    def treated(self, clinician, at):
        """What a clinician records so that a course can be judged."""
        clinician.must("PUT", f"{at}/treatment", {"started_on": an_hour_ago()[:10], "psychological": True, "medication": False})
        clinician.must("PUT", f"{at}/known-and-planned/phq-9", {"text": "Passive thoughts as before; each Tuesday."})
        page = clinician.must("GET", at)
        check("the person's page shows the treatment and what is known",
              page["treatment"]["psychological"] and page["known_and_planned"][0]["instrument"] == "phq-9", page)
        event = clinician.must("POST", f"{at}/course-events", {"on": an_hour_ago()[:10], "kind": "life", "text": "Moved house"})
        check("what was noted stands on the chart", [each["text"] for each in clinician.must("GET", at)["events"]
                                                     if each.get("number") == event["number"]] == ["Moved house"])
        clinician.must("DELETE", f"{at}/course-events/{event['number']}")
        clinician.must("POST", f"{at}/course-reviews", {"steps": [], "plan": "Video visits until January."})
        check("and so does what was planned", clinician.must("GET", at)["reviews"][0]["plan"].startswith("Video"))
        clinician.must("DELETE", f"{at}/known-and-planned/phq-9")
        clinician.must("DELETE", f"{at}/treatment")
        page = clinician.must("GET", at)
        check("and not after it was taken back", "treatment" not in page and not page["known_and_planned"], page)
        people = [row["person"] for group in clinician.must("GET", "/caseload?scope=team")["groups"] for row in group["people"]]
        pages = (clinician.call("GET", f"/people/{person}") for person in people)
        check("somebody's page says how they do since the beginning",
              any(json.loads(answer.body)["outcomes"]["lines"] for answer in pages if answer.status == 200))

    def asked(self, clinician, person, at):
        """What a clinician has somebody asked. Links come in letters, which this server does not send: they are walked in
        tests/routes/asking_routes_test.cpp."""
        person.must("PUT", "/reminders", {"mail": "someone@example.org", "phone": "+353 87 123 4567", "agreed": True,
                                          "time_zone": "Europe/Dublin"})
        reminding = person.must("GET", "/reminders")
        check("WhatsApp is off here", (reminding["whatsapp"], reminding["whatsapp_can"]) == (False, "no"))
        check("address and number stand there", (reminding["mail"], reminding["phone"]) == ("someone@example.org", "+353871234567"))
        # This server sends no notifications: a device that is switched on is walked in tests/routes/reach_routes_test.cpp.
        check("no key without [push]", person.must("GET", "/me/reach")["devices"] == [])
        person.must("PUT", "/me/device", {"endpoint": "https://push.example.net/x", "on": False})
        clinician.must("PUT", "/me/work-phone", {"work_phone": "+353 87 123 4567"})
        check("staff set their own work number", clinician.must("GET", "/me/reach")["work_phone"] == "+353871234567")
        made = clinician.must("POST", f"{at}/schedules",
                              {"form": "daily", "times": [{"from": "09:00", "to": "12:00"}], "at_least_every": 3, "sensitive": True})
        check("a mark stays", made["sensitive"], made)
        check("it asks next in the person's zone, and says why", made["next_at"] and made["why"], made)
        shown = clinician.must("GET", f"{at}/schedules")
        check("the schedule is on the list", shown["items"][0]["id"] == made["id"], shown)
        changed = clinician.must("PUT", f"{at}/schedules/{made['id']}", {"form": "daily", "times": [{"days": ["mon"], "from": "17:30"}]})
        check("the person reads what comes", [each["id"] for each in person.must("GET", "/asked")["schedules"]] == [changed["id"]])
        person.must("PUT", "/asked/pause", {"days": 7})
        check("the clinician sees whose pause it is", clinician.must("GET", f"{at}/schedules")["pause"]["by"] == "person")
        person.must("DELETE", "/asked/pause")
        clinician.must("PUT", f"{at}/asking-pause", {"days": 14, "reason": "In hospital."})
        check("the person reads why", person.must("GET", "/asked")["pause"]["reason"] == "In hospital.")
        clinician.must("DELETE", f"{at}/asking-pause")
        clinician.must("DELETE", f"{at}/schedules/{changed['id']}")
        for path, more in (("open", {}), ("answer", {"form": "daily", "version": "1", "answers": {"mood": 3}}), ("no-more", {})):
            answer = self.browser().call("POST", f"/asked/{path}", {"token": "x" * 43, **more})
            check(f"a link that was never made opens nothing: {path}", answer.status == 404, answer.status)

    def designed(self, clinician, person, at):
        """A check-in that the service designs: made, changed, answered, read, retired."""
        design = {"languages": ["en"], "title": {"en": "Evening check"}, "about": {"en": "Two questions."},
                  "purpose": "To see how the move went.",
                  "items": [{"id": "energy", "kind": "scale", "question": {"en": "How much energy?"}, "hint": {"en": "Today."},
                             "lowest": 0, "highest": 10, "at_lowest": {"en": "none"}, "at_highest": {"en": "a lot"},
                             "worse": "down", "series": True},
                            {"id": "where", "kind": "choice", "question": {"en": "Where are you?"},
                             "options": [{"en": "At home"}, {"en": "With others"}, {"en": "Where I might overdose"}],
                             "calls": [{"answers": [3], "urgency": "today", "category": "substance"}]},
                            {"id": "died", "kind": "choice", "question": {"en": "Did you want to die laughing?"},
                             "options": [{"en": "No"}, {"en": "Yes"}], "no_danger": True},
                            {"id": "words", "kind": "text", "question": {"en": "Anything else?"}, "longest": 500}]}
        silent = {**design, "items": [{**design["items"][1], "calls": []}]}
        refused = clinician.call("POST", "/check-in-designs", silent)
        check("a question about danger says which answers need a human", refused.status == 422, refused.status)
        made = clinician.must("POST", "/check-in-designs", design)
        changed = clinician.must("POST", f"/check-in-designs/{made['id']}/versions", {"from_version": 1, **design})
        versions = clinician.must("GET", f"/check-in-designs/{made['id']}")["items"]
        check("both versions are there", [each["version"] for each in versions] == [2, 1], versions)
        shown = person.must("GET", f"/check-in/form?form={made['form']}")
        person.must("POST", "/check-ins", {"form": shown["id"], "version": shown["version"],
                                           "answers": {"energy": 4, "where": 1, "words": "A slow day."}})
        said = person.must("GET", "/check-ins/designed")["items"][0]["said"]
        check("one reads what one answered", said[1] == {"question": "Where are you?", "answer": "At home"}, said)
        check("and so does the team", clinician.must("GET", f"{at}/check-ins/designed")["items"][0]["said"] == said)
        clinician.must("GET", f"{at}/daily")
        check("the scale is drawn", clinician.must("GET", at)["designed"][0]["points"][0]["value"] == 4)
        clinician.must("POST", f"/check-in-designs/{changed['id']}/retire")
        check("it is listed as retired", "retired_at" in clinician.must("GET", "/check-in-designs")["items"][0])

    def somebody_close(self, clinician, person, at):
        """Whom somebody lets be asked. Links come in letters, which this server does not send: they are walked in
        tests/routes/informants_routes_test.cpp."""
        check("one reads first what one agrees to", len(person.must("GET", "/informants")["consent"]) == 4)
        made = person.must("POST", "/informants", {"relation": "partner", "called": "Addie", "mail": "someone@example.org",
                                                   "language": "en", "agreed": True})
        one = f"{at}/informants/{made['id']}"
        design = clinician.must("POST", "/check-in-designs", {
            "languages": ["en"], "title": {"en": "Seen from outside"}, "purpose": "To hear how it looks at home.", "asks": "informant",
            "items": [{"id": "words", "kind": "text", "question": {"en": "What do you notice?"}, "longest": 500}]})
        clinician.must("PUT", f"{one}/plan", {"form": design["form"], "every_days": 14, "at": "10:00"})
        seen = clinician.must("GET", f"{at}/informants")
        check("the team sees whom and what, and no address", seen["items"][0]["plan"]["title"] == "Seen from outside", seen)
        clinician.must("PUT", f"{one}/understood", {"note": "Said it back in own words."})
        check("the person reads what was recorded", person.must("GET", "/informants")["items"][0]["understood"]["note"])
        refused = clinician.call("PUT", f"{one}/release", {"reason": "It was somebody else."})
        check("there is nothing to lift where no abuse was found", refused.status == 409, refused.status)
        form = person.must("GET", "/check-in/form")
        person.must("POST", "/check-ins", {"version": form["version"],
                                           "answers": {"mood": 3, "note": "I was abused as a child and it still haunts me."}})
        check("staff see what holds letters back", "held_since" in clinician.must("GET", f"{at}/informants")["items"][0])
        clinician.must("PUT", f"{one}/release", {"reason": "It was somebody else."})
        clinician.must("DELETE", f"{one}/plan")
        person.must("DELETE", f"/informants/{made['id']}")
        check("it ended, and the address is gone", person.must("GET", "/informants")["items"][0]["state"] == "ended")
        for path, more in (("open", {}), ("answer", {"answers": {"words": "Fine."}}), ("no-more", {})):
            answer = self.browser().call("POST", f"/asked-about/{path}", {"token": "x" * 43, **more})
            check(f"a link that was never made opens nothing: {path}", answer.status == 404, answer.status)
        clinician.must("POST", f"/check-in-designs/{design['id']}/retire")

    def conversation(self, clinician, conversation):
        at = f"/conversations/{conversation}"
        clinician.must("GET", at)
        clinician.must("GET", "/live")
        clinician.must("GET", f"{at}/messages?before=2036-01-01T00:00:00Z")
        clinician.must("POST", f"{at}/take")
        clinician.must("POST", f"{at}/messages", {"text": "Hello, this is Maeve.", "client_id": "hello"})
        clinician.must("GET", "/live")
        clinician.must("POST", "/live/here")
        clinician.must("GET", f"{at}/summary")
        clinician.must("GET", f"{at}/draft")
        clinician.must("POST", f"{at}/notes", {"text": "Her brother has the tablets."})
        clinician.must("PUT", f"{at}/urgency", {"urgency": "now", "reason": "She said so on the phone."})
        clinician.must("GET", "/saved-replies")
        clinician.must("POST", f"{at}/hand-back", {"line": "Calmer. Her brother is with her."})

    def hand_over_and_second(self, clinicians):
        person = self.new_person()
        person.must("POST", "/conversation/messages", {"text": "I have taken all the pills", "client_id": "p"})
        clinician, alert = self.staff_of(clinicians, person)
        on_team = [each for each in clinicians if each is not clinician and self.alert_of(each, person)]
        check("two clinicians of one team can see an alert", on_team)
        colleague = on_team[0]
        clinician.must("GET", "/colleagues")
        clinician.must("POST", f"/alerts/{alert}/acknowledge")
        clinician.must("POST", f"/alerts/{alert}/outcome",
                       {"outcome": "handed_over", "record": "My shift ends.", "colleague": colleague.account["id"]})
        colleague.must("POST", f"/alerts/{alert}/accept")
        colleague.must("POST", f"/alerts/{alert}/outcome", {"outcome": "no_contact_needed", "reason": "The ambulance is there.",
                                                            "record": "The ambulance is there."})
        clinician.must("POST", f"/alerts/{alert}/second", {"agree": True, "note": "Heard it too."})
        colleague.must("POST", f"/alerts/{alert}/words-after", {"text": "Her brother rang at nine."})
        self.taken_back(clinicians)

    def taken_back(self, clinicians):
        """Closed by one tap, by a slip."""
        person = self.new_person()
        person.must("POST", "/conversation/messages", {"text": "I have taken all the pills", "client_id": "p"})
        clinician, alert = self.staff_of(clinicians, person)
        clinician.must("POST", f"/alerts/{alert}/acknowledge")
        closed = clinician.must("POST", f"/alerts/{alert}/outcome", {"outcome": "reached"})
        check("a closed alert says how long it can be taken back", closed["state"] == "closed" and closed["take_back_until"])
        again = clinician.must("POST", f"/alerts/{alert}/take-back")
        check("it is open again", again["state"] == "acknowledged")

    def break_glass(self, clinicians, lead):
        outsider = person = None
        for each in clinicians:
            mine = {row["person"] for group in each.must("GET", "/caseload?scope=team")["groups"] for row in group["people"]}
            for other in clinicians:
                for group in other.must("GET", "/caseload?scope=team")["groups"]:
                    outside = [row["person"] for row in group["people"] if row["person"] not in mine and not row.get("alert")]
                    if outside:
                        outsider, person = each, outside[0]
        check("somebody is outside a clinician's teams", outsider)
        code = fresh_code(self.server, outsider.account["login"], outsider.code)
        outsider.must("POST", f"/people/{person}/break-glass", {"reason": "In our waiting room.", "code": code})
        check("the lead reads how people do", lead.must("GET", "/service-outcomes")["measures"])
        for each in lead.must("GET", "/service-report")["break_glass"]:
            if not each["reviewed"]:
                lead.must("POST", f"/break-glass/{each['id']}/review", {"note": "Asked her."})

    def invited(self, kit, role):
        token = kit.must("POST", "/admin/invitations", {"role": role, "display_name": "Sol Merrin"})["link"].split("#")[1]
        browser = self.browser()
        browser.must("GET", f"/invitations/{token}")
        browser.must("POST", f"/invitations/{token}",
                     {"display_name": "Sol Merrin", "login": f"sol-{role}", "password": PASSWORD})
        browser.must("POST", "/sign-in", {"login": f"sol-{role}", "password": PASSWORD})
        return browser

    def administrator(self, kit):
        accounts = kit.must("GET", "/admin/accounts")["items"]
        sol = self.invited(kit, "clinician")
        key = sol.must("POST", "/me/second-factor")
        sol.must("POST", "/me/second-factor/confirm", {"code": self.code_of(key["secret"])})
        waiting = kit.must("POST", "/admin/invitations", {"role": "lead", "display_name": "Nobody yet"})
        kit.must("GET", "/admin/invitations")
        kit.must("DELETE", f"/admin/invitations/{waiting['id']}")
        teams = kit.must("GET", "/admin/teams")["items"]
        kit.must("POST", "/admin/teams", {"name": "Night team"})
        kit.must("PATCH", f"/admin/teams/{teams[0]['id']}", {"name": teams[0]["name"]})
        kit.must("PATCH", f"/admin/accounts/{sol.must('GET', '/me')['id']}", {"teams": [teams[0]["id"]]})
        kit.must("PATCH", f"/admin/accounts/{accounts[0]['id']}", {"work_mail": "me@example.org", "work_phone": "+353 87 123 4567"})
        kit.must("POST", "/admin/test-page", {"account": accounts[0]["id"]})
        settings = kit.must("GET", "/admin/settings")
        kit.must("PUT", "/admin/settings", {name: value for name, value in settings.items() if name not in ("test_pages", "soon_people_shipped")})
        line = kit.must("GET", "/admin/crisis-lines?country=IE")["items"][0]
        kit.must("POST", f"/admin/crisis-lines/{line['id']}/accept", {"how": "called", "checked_on": "2026-11-20"})
        kit.must("GET", "/admin/crisis-lines?country=IE")
        kit.must("DELETE", f"/admin/crisis-lines/{line['id']}/accept")
        near = kit.must("GET", "/admin/local-help")
        near = kit.must("PUT", "/admin/local-help", {"version": near["version"], "items": [
            {"name": "Walk-in centre", "kind": "drop_in", "what": "Tea and talk", "cost": "free", "hours": "Mon-Fri 10:00-16:00", "languages": ["en"],
             "country": "IE", "place": "1 Quay Street", "town": "Dublin", "at": {"latitude": 53.35, "longitude": -6.26}, "phone": "01 000 0000",
             "web": "https://example.org/", "checked_on": "2026-11-20"}]})
        check("help near by stands in the name of who checked it", near["items"][0]["checked_by"] != "", near)
        texts = kit.must("GET", "/admin/texts?language=en")
        kit.must("POST", "/admin/texts/en/sign", {"version": texts["version"]})
        kit.must("GET", "/admin/texts?language=en")
        kit.must("PUT", "/admin/conversation-limits", kit.must("GET", "/admin/conversation-limits"))
        saved = kit.must("GET", "/saved-replies")
        kit.must("PUT", "/saved-replies", {"items": saved["items"], "version": saved["version"]})
        self.imports(kit)
        kit.must("GET", "/admin/state")
        day = kit.must("GET", "/admin/measurements")
        check("the day has a first look", len(day["spans"]) >= 1 and day["taken_minutes"] >= 1, day["taken_minutes"])
        kit.must("GET", "/admin/audit?limit=200")
        kit.must("POST", "/admin/audit/verify")

    def imports(self, kit):
        """A file is shown, taken, and taken back."""
        file = {"text": "at,mood\n2026-02-27T20:00:00Z,2\nyesterday,3\n"}
        seen = kit.must("POST", "/imports/preview", file)
        check("a bad line is named", [each["line"] for each in seen["problems"]] == [3], seen)
        taken = kit.must("POST", "/imports", {**file, "name": "Imported series"})
        check("and the same file is noticed", kit.must("POST", "/imports/preview", file)["same_file"]["id"] == taken["id"])
        back = kit.must("POST", f"/imports/{taken['id']}/undo")
        check("what it brought is gone", back["rows"] == 1 and back["import"]["state"] == "taken_back", back)
        kit.must("GET", "/imports")

    @staticmethod
    def code_of(secret):
        import time
        from first_start_test import totp
        return totp(secret, time.time())

    def everything(self):
        self.anyone()
        person = self.person()
        clinicians = [self.sign_in(login) for login in ("maeve", "idris", "noor", "pia")]
        self.clinician(clinicians, person)
        self.privacy(person)
        self.hand_over_and_second(clinicians)
        lead = self.sign_in("ruth")
        self.break_glass(clinicians, lead)
        self.rota(lead)
        kit = self.sign_in("kit")
        self.administrator(kit)
        self.first_assessment(kit, clinicians, lead)
        self.for_soon(clinicians, lead)
        long_known = self.sign_in("ada")
        for path in ("/progress", "/conversation", "/safety-plan", "/privacy/accesses", "/check-ins"):
            long_known.must("GET", path)


def main():
    binary = sys.argv[1]
    status, printed, said = run(binary, "openapi", given=b"")
    check("handrail openapi prints the document", status == 0, said.decode())
    check("and the same bytes again", run(binary, "openapi", given=b"")[1] == printed)
    types_are_what_the_document_gives(printed)
    document = Document(json.loads(printed))
    with tempfile.TemporaryDirectory() as folder:
        server = DemoServer(binary, pathlib.Path(folder) / "var", pathlib.Path(folder) / "log").start()
        try:
            walk = Walk(server, document)
            walk.everything()
            served = walk.browser()
            served.connection = None
            left = sorted(set(document.operations) - walk.seen - NOT_WALKED)
            check("every route was used", not left, left)
        finally:
            check("the server stops cleanly", server.stop() == 0)
    print(f"{len(document.operations)} operations, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
