#!/usr/bin/env python3
"""first_start_test.py BINARY: real use from the one-time link to the first person, over HTTP.

Sign-up stays closed until everything the page names is done, each step by whom it belongs to; then it opens.
"""
import base64, hashlib, hmac, json, os, re, signal, struct, subprocess, sys, tempfile, time, urllib.error, urllib.request

failed = []


def check(holds, what):
    print(("ok      " if holds else "FAILED  ") + what)
    if not holds:
        failed.append(what)


def totp(secret, at):
    key = base64.b32decode(re.sub(r"\s", "", secret))
    mac = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[offset:offset + 4])[0] & 0x7FFFFFFF) % 1000000)


class Browser:
    def __init__(self, base):
        self.base, self.cookie = base, ""

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.base + "/api/v1" + path, method=method,
                                         data=None if body is None else json.dumps(body).encode())
        request.add_header("Origin", self.base)
        request.add_header("Content-Type", "application/json")
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                cookie = reply.headers.get("Set-Cookie")
                if cookie:
                    self.cookie = cookie.split(";")[0]
                text = reply.read().decode()
                return reply.status, json.loads(text) if text else {}
        except urllib.error.HTTPError as problem:
            text = problem.read().decode()
            return problem.code, json.loads(text) if text else {}


def staff_from(base, token, login):
    """Takes an invitation, sets a second factor up, and is signed in."""
    browser = Browser(base)
    status, accepted = browser.ask("POST", "/invitations/" + token,
                                   {"display_name": login.title(), "login": login, "password": "a long enough one " + login})
    check(status == 201, login + " takes the invitation")
    status, signed_in = browser.ask("POST", "/sign-in", {"login": login, "password": "a long enough one " + login})
    check(status == 200, login + " signs in with the password alone")
    status, _ = browser.ask("GET", "/colleagues")
    check(status == 403, login + " sees nothing before the second factor is set up")
    status, _ = browser.ask("POST", "/me/second-factor/confirm", {"code": totp(accepted["totp"]["secret"], time.time())})
    check(status == 200, login + " confirms the second factor")
    status, me = browser.ask("GET", "/me")
    check(status == 200 and me["second_factor"], login + " is in")
    browser.id = me["id"]
    return browser


def main():
    binary = os.path.realpath(sys.argv[1])
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, "handrail.toml"), "w") as config:
        config.write("[server]\nport = 0\n")
    said = open(os.path.join(folder, "said"), "w+")
    server = subprocess.Popen([binary, "serve", "--config", os.path.join(folder, "handrail.toml")], stdout=said,
                              stderr=subprocess.STDOUT, cwd=folder)
    try:
        for _ in range(300):
            time.sleep(0.1)
            said.seek(0)
            text = said.read()
            if "Ctrl-C stops it" in text or server.poll() is not None:
                break
        link = re.search(r"(http://[0-9.:]+)/staff/invitation#(\S+)", text)
        check(link is not None, "the first start prints a one-time link")
        base = link.group(1)
        person = Browser(base)
        status, service = person.ask("GET", "/service")
        check(not service["open"] and not service["demo"] and len(service["open_needs"]) == 9, "closed, and nine things are open")
        up = {"age_band": "26_64", "country": "IE", "consents": {"record": True}}
        check(person.ask("POST", "/sign-up", up)[0] == 403, "sign-up is refused")

        kit = staff_from(base, link.group(2), "kit")
        status, _ = Browser(base).ask("POST", "/invitations/" + link.group(2),
                                      {"display_name": "X", "login": "second", "password": "a long enough one x"})
        check(status == 404, "the link works once")
        status, invited = kit.ask("POST", "/admin/invitations", {"role": "clinician", "display_name": "Maeve"})
        check(status == 201, "the administrator invites a clinician")
        maeve = staff_from(base, invited["link"].split("#")[1], "maeve")
        status, teams = kit.ask("GET", "/admin/teams")
        check(kit.ask("PATCH", "/admin/teams/" + teams["items"][0]["id"], {"members": [maeve.id]})[0] == 200,
              "she is put on the care team")
        check(kit.ask("POST", "/admin/teams", {"name": "North"})[0] == 201, "a second team is made")
        def missing():
            status, system = kit.ask("GET", "/admin/state")
            return {step["id"]: step.get("detail") for step in system["first_start"] if not step["done"]}
        check("North" in (missing().get("team_members") or ""), "the team without a clinician is named: " + str(missing().get("team_members")))
        check("lead" in missing(), "a lead is missing")
        status, settings = kit.ask("GET", "/admin/settings")
        settings.update({"service_name": "Harbour Street", "safety_officer": maeve.id, "responders": [maeve.id],
                         "staffed_hours": [{"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00"}],
                         "time_zone": "Europe/Dublin", "out_of_hours_number": "112"})
        check(kit.ask("PUT", "/admin/settings", settings)[0] == 200, "safety officer, responders, hours and number are set")
        check(kit.ask("PUT", "/admin/settings", settings)[0] == 409, "an older version is a conflict")
        status, page = kit.ask("POST", "/admin/test-page", {"account": maeve.id})
        check(status == 201, "a test page is sent")
        status, caseload = maeve.ask("GET", "/caseload")
        check(status == 200 and len(caseload["test_pages"]) == 1, "it stands on the clinician's caseload")
        check(maeve.ask("POST", "/alerts/" + page["alert"] + "/acknowledge", {})[0] == 200, "she acknowledges it")
        check(kit.ask("POST", "/admin/crisis-lines/ie-1/accept", {"how": "called", "checked_on": "2026-11-20"})[0] == 204,
              "a line is accepted")
        status, texts = kit.ask("GET", "/admin/texts?language=en")
        check(kit.ask("POST", "/admin/texts/en/sign", {"version": texts["version"]})[0] == 204, "one signs the texts")
        check(kit.ask("POST", "/admin/texts/en/sign", {"version": texts["version"]})[0] == 409, "not twice by the same person")
        check(person.ask("POST", "/sign-up", up)[0] == 403, "still closed with one signature")
        check(maeve.ask("POST", "/admin/texts/en/sign", {"version": texts["version"]})[0] == 204, "a second one signs")
        check(set(missing()) == {"lead", "team_members"}, "a lead and the second team are still missing: " + str(set(missing())))
        check(person.ask("POST", "/sign-up", up)[0] == 403, "still closed without a lead and with an empty team")
        status, invited = kit.ask("POST", "/admin/invitations", {"role": "lead", "display_name": "Ruth"})
        staff_from(base, invited["link"].split("#")[1], "ruth")
        check(set(missing()) == {"team_members"}, "the lead is there")
        check(person.ask("POST", "/sign-up", up)[0] == 403, "still closed with an empty team")
        status, teams = kit.ask("GET", "/admin/teams")
        north = [team["id"] for team in teams["items"] if team["name"] == "North"][0]
        check(kit.ask("PATCH", "/admin/teams/" + north, {"members": [maeve.id]})[0] == 200, "a clinician is put on it")
        status, service = person.ask("GET", "/service")
        check(service["open"] and service["open_needs"] == [], "now it is open: " + json.dumps(service["open_needs"]))
        status, account = person.ask("POST", "/sign-up", up)
        check(status == 201, "the first person signs up")
        status, said_back = person.ask("POST", "/conversation/messages", {"text": "I want to kill myself", "client_id": "1"})
        reply = json.dumps(said_back)
        check(status == 201 and "116 123" in reply, "and is given the accepted line")
        status, caseload = maeve.ask("GET", "/caseload")
        check(caseload["counts"]["today"] == 1, "and the clinician has the alert")
    finally:
        server.send_signal(signal.SIGINT)
        check(server.wait(20) == 0, "it stops cleanly")
    print("%d failed" % len(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
