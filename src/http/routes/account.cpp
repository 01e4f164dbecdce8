#include "http/routes/account_json.h"

#include "base/text.h"
#include "care/service_desk.h"
#include "http/json_body.h"
#include "http/problem.h"
#include "trust/account_desk.h"
#include "trust/actor_desk.h"
#include "trust/session_desk.h"
#include "trust/sign_in_desk.h"
#include "trust/team_desk.h"

namespace handrail::http::routes {

std::string initials(std::string_view display_name)
{
    std::string out;
    std::size_t letters = 0;
    for (const auto part : split(trimmed(display_name), ' ')) {
        if (part.empty() || letters == 2)
            continue;
        out += part.substr(0, byte_offset(part, 1));
        ++letters;
    }
    return out;
}

JsonObject account_json(const trust::Account& account)
{
    JsonObject out;
    out.add("id", account.id).add("role", name(account.role)).add("display_name", account.display_name);
    if (!account.login.empty())
        out.add("login", account.login);
    out.add("person", account.person).add("second_factor", account.second_factor);
    out.add("language", account.language.empty() ? std::string("en") : account.language);
    if (!account.theme.empty())
        out.add("theme", account.theme);
    out.add("state", account.suspended ? "suspended" : "active");
    out.add("initials", initials(account.display_name)).add("last_seen_at", account.seen_at);
    return out;
}

JsonObject totp_json(const trust::TotpSetUp& set_up)
{
    return JsonObject{}.add("secret", set_up.secret).add("uri", set_up.uri).add("svg", set_up.svg);
}

Result<JsonObject> own_account(Desks& desks, const Actor& actor)
{
    const auto account = TRY(desks.accounts.own(actor));
    auto out = account_json(account);
    JsonList teams;
    if (is_staff(actor.role()))
        for (const auto& team : TRY(desks.teams.of(actor, actor.account())))
            teams.add(JsonObject{}.add("id", team.id).add("name", team.name).add("people", team.people));
    out.add("teams", teams);
    return out;
}

namespace {

Error as_typed(Error error)
{
    if (error.where == "second-factor" || error.where == "reauthenticate")
        return typed(error.kind, error.where, error.told);
    return error;
}

Result<Response> done(Result<void> result)
{
    if (!result.ok())
        return as_typed(result.error());
    return Response::no_content();
}

} // namespace

void add_account_routes(Router& router, Desks& desks)
{
    router.shape({"Account",
                  {{"id", "id"},
                   {"role", R"("person"|"supporter"|"clinician"|"lead"|"administrator"|"integration")"},
                   {"display_name", "text"},
                   {"login?", "text"},
                   {"person?", "id"},
                   {"second_factor", "flag", "one is set up"},
                   {"language", "text"},
                   {"theme?", "text"},
                   {"state", R"("active"|"suspended")"},
                   {"initials", "text"},
                   {"last_seen_at?", "instant"},
                   {"teams", "TeamName[]"},
                   {"work_mail?", "text", "where alerts reach staff; for the administrator"},
                   {"work_phone?", "text"}}});
    router.shape({"TeamName", {{"id", "id"}, {"name", "text"}, {"people?", "integer", "one's own teams only"}}});
    router.shape({"SecondFactor", {{"secret", "text"}, {"uri", "text"}, {"svg", "text"}}});
    router.add({.pattern = "/api/v1/me",
                .summary = "The account that is signed in.",
                .strength = Strength::PasswordOnly,
                .answer_type = "Account",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(TRY(own_account(desks, request.actor())).done());
                }});
    router.add({.method = Method::Patch,
                .pattern = "/api/v1/me",
                .summary = "What one is called, language and colours.",
                .fields = {{"display_name?", "text"}, {"language?", "text"}, {"theme?", R"(""|"light"|"dark")"}},
                .example = R"({"display_name":"Ada"})",
                .answer_type = "Account",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto change = TRY(read_body(request, [](Body& body) {
                        return trust::AccountDesk::OwnChange{body.optional_text("display_name", 100),
                                                             body.optional_text("language", 20),
                                                             body.optional_one_of("theme", {"", "light", "dark"})};
                    }));
                    TRY(desks.accounts.change_own(request.actor(), change));
                    return Response::ok(TRY(own_account(desks, request.actor())).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/me/password",
                .summary = "Changes the password and ends every other session.",
                .fields = {{"old", "text"}, {"new", "text"}},
                .example = R"({"old":"…","new":"…"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    struct Form {
                        Confidential old, fresh;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{Confidential{body.text("old", 1024)}, Confidential{body.text("new", 1024)}};
                    }));
                    return done(desks.sign_in.change_password(request.actor(), form.old, form.fresh));
                },
                .rate = RateClass::Costly});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/me/second-factor",
                .summary = "Begins a second factor; counts once a code confirms it.",
                .strength = Strength::PasswordOnly,
                .answer_type = "SecondFactor",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto service = TRY(desks.service.read(trust::ActorDesk::system(desks.organisation)));
                    const auto set_up = desks.sign_in.begin_second_factor(request.actor(), service.name);
                    if (!set_up.ok())
                        return as_typed(set_up.error());
                    return Response::ok(totp_json(*set_up).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/me/second-factor/confirm",
                .summary = "Confirms it with a code; gives recovery codes, once.",
                .strength = Strength::PasswordOnly,
                .fields = {{"code", "text"}},
                .example = R"({"code":"123456"})",
                .answer = {{"recovery_codes", "text[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto code = TRY(read_body(request, [](Body& body) { return body.text("code", 32); }));
                    const auto codes = desks.sign_in.confirm_second_factor(request.actor(), code);
                    if (!codes.ok())
                        return as_typed(codes.error());
                    return Response::ok(JsonObject{}.add("recovery_codes", *codes).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/me/re-authenticate",
                .summary = "The password once more, for what asks for proof; counts five minutes.",
                .fields = {{"password", "text"}, {"code?", "text"}},
                .example = R"({"password":"…"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    struct Form {
                        Confidential password;
                        std::string code;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{Confidential{body.text("password", 1024)}, body.text_or("code", 32, "")};
                    }));
                    return done(desks.sign_in.re_authenticate(request.actor(), form.password, form.code));
                },
                .rate = RateClass::Costly});
    router.add({.pattern = "/api/v1/me/sessions",
                .summary = "Where this account is signed in.",
                .answer = {{"items", "Session[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& session : TRY(desks.sessions.list(request.actor())))
                        items.add(JsonObject{}
                                      .add("id", session.id)
                                      .add("started_at", session.started_at)
                                      .add("seen_at", session.seen_at)
                                      .add("device", session.device)
                                      .add("current", session.current));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.shape({"Session",
                  {{"id", "id"},
                   {"started_at", "instant"},
                   {"seen_at", "instant"},
                   {"device", "text"},
                   {"current", "flag"}}});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/me/sessions/{session}",
                .summary = "Ends one of one's own sessions.",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return done(desks.sessions.revoke(request.actor(), TRY(request.id<SessionId>("session"))));
                }});
}

} // namespace handrail::http::routes
