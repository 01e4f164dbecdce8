"""What leads and the clinicians of a team do, of the walk through every route (api_document_test.py)."""

import datetime

from demo_server import PASSWORD


class LeadsWalk:
    """A part of Walk: it gives check, new_person and the browsers."""

    def rota(self, lead):
        """Who is on call, changed and changed back."""
        lead.must("GET", "/walk")
        page = lead.must("GET", "/rota")
        team, account = page["team"]["id"], page["staff"][0]["id"]
        self.check("a week has seven days", len(page["days"]) == 7, page["days"])
        lead.must("POST", "/rota/shifts", {"team": team, "account": account, "weekday": 5, "from": "17:00", "to": "09:00"})
        a_day = datetime.timedelta(days=1)
        later = datetime.datetime.now(datetime.UTC).date() + 10 * a_day
        lead.must("POST", "/rota/leave", {"account": account, "first": str(later), "last": str(later + 8 * a_day)})
        page = lead.must("GET", f"/rota?team={team}&day={later + 3 * a_day}")
        self.check("a gap is found before it comes", page["gaps"] and page["gaps"][0]["away"][0]["id"] == account, page["gaps"])
        lead.must("POST", "/rota/overrides",
                  {"team": team, "account": page["staff"][1]["id"], "day": str(later), "from": "17:00", "to": "09:00"})
        page = lead.must("GET", "/rota")
        for each in page["overrides"]:
            lead.must("DELETE", f"/rota/overrides/{each['id']}")
        for each in page["leaves"]:
            lead.must("DELETE", f"/rota/leave/{each['id']}")
        for each in page["shifts"]:
            lead.must("DELETE", f"/rota/shifts/{each['id']}")
        self.check("and it is as before", not lead.must("GET", "/rota")["set"])
        note = lead.must("POST", "/on-call/notes", {"team": team, "text": "The pager is being mended."})
        self.check("what was handed over stands there", note["id"] in [each["id"] for of_team in lead.must("GET", "/on-call")["items"]
                                                                   for each in of_team["notes"]])
        lead.must("DELETE", f"/on-call/notes/{note['id']}")

    def first_assessment(self, kit, clinicians, lead):
        """What somebody is asked at the start: switched on, answered, sent, given to a clinician and read."""
        kit.must("PUT", "/admin/first-assessment", {"on": True, "read_within_days": 2})
        self.check("the service asks it now", kit.must("GET", "/admin/first-assessment")["on"])
        person = self.new_person(login="dipper-river", password=PASSWORD)
        own = person.must("GET", "/first-assessment")
        self.check("there are about a dozen questions, one of them needed", len(own["form"]["groups"]) > 10 and own["needed"] == ["safety"])
        version = 0
        for answer in ({"reason": "I lie awake and worry."}, {"since": 3}, {"bothers": ["worry"]}, {"body": ["none"]}, {"since": None}):
            version = person.must("POST", "/first-assessment/answers",
                                  {"form": own["form"]["version"], "answers": answer, "seen": version})["version"]
        said = person.must("POST", "/first-assessment/answers", {"form": own["form"]["version"], "answers": {"safety": 4}})
        self.check("whoever would rather not say is shown where help is", said["blocks"])
        sent = person.must("POST", "/first-assessment/send", {"version": said["version"]})
        self.check("it is sent, with a day by which it is read", sent["state"] == "sent" and sent["due_at"], sent)
        who = person.account["person"]
        waiting = [each for each in lead.must("GET", "/first-assessments")["items"] if each["person"] == who]
        self.check("a lead sees that nobody is named", waiting and "reader" not in waiting[0], waiting)
        may_read = {each["id"] for each in waiting[0]["may_read"]}
        clinician = next(each for each in clinicians if each.account["id"] in may_read)
        reader = clinician.account["id"]
        lead.must("PUT", f"/people/{who}/first-assessment/reader", {"account": reader})
        page = clinician.must("GET", f"/people/{who}/first-assessment")["assessment"]
        self.check("the page has words, what is left open and why a human was called",
              page["lines"][0]["words"] and page["left_open"] and page["findings"][0]["urgency"] == "unknown", page)
        clinician.must("POST", f"/people/{who}/first-assessment/read", {"note": "First talk on Tuesday at ten."})
        self.check("who read it stands there", clinician.must("GET", f"/people/{who}/first-assessment")["assessment"]["read_by"]["id"] == reader)

    def for_soon(self, clinicians, lead):
        """What raises no alert is on somebody's list until they recorded what was done."""
        person = self.new_person()
        person.must("POST", "/conversation/messages", {"text": "What are the tallest bridges in the city?", "client_id": "b"})
        who = person.account["person"]
        waiting = [each for each in lead.must("GET", "/list-entries")["items"] if each["person"] == who]
        self.check("it waits for somebody by name, until a time", len(waiting) == 1 and waiting[0]["owner"]["name"] and waiting[0]["due_at"], waiting)
        clinician = next(each for each in clinicians if each.account["id"] in {one["id"] for one in waiting[0]["may_own"]})
        lead.must("PUT", f"/people/{who}/list-entries/owner", {"account": clinician.account["id"]})
        listed = clinician.must("GET", f"/people/{who}")["to_look_at"]
        self.check("the clinician is named for it", [each["owner"]["id"] for each in listed] == [clinician.account["id"]], listed)
        found = listed[0]["finding"]
        until = (datetime.date.today() + datetime.timedelta(days=14)).isoformat()
        known = clinician.must("POST", f"/findings/{found['id']}/quiet", {"until": until, "because": "It is for her thesis."})
        page = clinician.must("GET", f"/people/{who}")
        self.check("what is known until a day is off the list, in somebody's name",
              not page["to_look_at"] and [each["id"] for each in page["quiet"]] == [known["id"]] and page["quiet"][0]["by"]
              and page["findings"][0]["looked"]["how"] == "quiet", page["quiet"])
        clinician.must("DELETE", f"/people/{who}/quiet-rules/{known['id']}")
        page = clinician.must("GET", f"/people/{who}")
        self.check("taken back it is on it again", len(page["to_look_at"]) == 1 and not page["quiet"], page["to_look_at"])
        clinician.must("POST", f"/findings/{found['id']}/judgement", {"judgement": "agree"})
        precision = clinician.must("GET", f"/rule-precision?rule={found['evidence'][0]['rule']}")
        self.check("how often a rule was agreed with, and no share of one", precision["agreed"] >= 1 and ("low" in precision) == (precision["judged"] >= 10), precision)
        load = lead.must("GET", "/list-load")
        self.check("a lead sees whose it was and which rule it came of",
              clinician.account["id"] in {each["who"]["id"] for each in load["by_account"]} and load["people_a_day"] == 10
              and found["evidence"][0]["rule"] in {each["rule"] for each in load["rules"]}, load)
        clinician.must("POST", f"/people/{who}/looked",
                       {"findings": [listed[0]["finding"]["id"]], "looked": "nothing", "words": "It is about a film."})
        page = clinician.must("GET", f"/people/{who}")
        self.check("and it is off the list, with what was recorded",
              not page["to_look_at"] and page["findings"][0]["looked"]["words"] == "It is about a film.", page["findings"])
