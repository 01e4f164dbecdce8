#include <algorithm>

#include "care/service_desk.h"
#include "http/cookie.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/problem.h"
#include "http/routes/account_json.h"
#include "http/routes/desks.h"
#include "trust/account_desk.h"
#include "trust/actor_desk.h"
#include "trust/invitation_desk.h"
#include "trust/session_desk.h"
#include "trust/sign_in_desk.h"
#include "trust/sign_up_desk.h"

namespace handrail::http::routes {

namespace {

constexpr std::string_view cookie_name = "__Host-handrail";

/// The browser as it names itself, shortened: it is shown in the person's own list of sessions.
std::string device_of(const Request& request)
{
    return std::string(request.header("User-Agent").substr(0, 200));
}

Response with_session(Response response, const trust::SessionDesk::Begun& begun, Instant now)
{
    const auto length = std::chrono::duration_cast<std::chrono::seconds>(begun.ends_at - now);
    return std::move(response).with("Set-Cookie", host_cookie(cookie_name, begun.token, length));
}

Result<Response> signed_in(Desks& desks, const trust::SessionDesk::Begun& begun, int status, JsonObject out)
{
    // Staff without a second factor yet are let in as far as setting one up.
    const auto actor = TRY(desks.sessions.actor_for(begun.token, trust::SessionDesk::Strength::PasswordOnly));
    out.add("account", TRY(own_account(desks, actor)));
    auto response = status == 201 ? Response::created(out.done()) : Response::ok(out.done());
    return with_session(std::move(response), begun, desks.clock.now());
}

Result<Response> sign_in(Desks& desks, const Request& request)
{
    auto attempt = TRY(read_body(request, [](Body& body) {
        trust::SignInDesk::Attempt read;
        read.login = body.text("login", 200);
        read.password = Confidential{body.text("password", 1024)};
        read.code = body.text_or("code", 32, "");
        return read;
    }));
    attempt.address = request.remote_address;
    attempt.device = device_of(request);
    const auto in = desks.sign_in.sign_in(desks.organisation, attempt);
    if (!in.ok()) {
        if (in.error().where == "second-factor")
            return typed(ErrorKind::NotAllowed, "second-factor", in.error().told);
        return in.error();
    }
    return signed_in(desks, in->session, 200,
                     JsonObject{}.add("second_factor_set_up", in->needs_second_factor_set_up));
}

Result<Response> sign_up(Desks& desks, const Request& request)
{
    auto form = TRY(read_body(request, [](Body& body) {
        trust::SignUpDesk::Form read;
        read.display_name = body.text_or("display_name", 100, "");
        read.login = body.text_or("login", 200, "");
        read.password = Confidential{body.text_or("password", 1024, "")};
        read.age_band = body.one_of("age_band", {"under_13", "13_17", "18_25", "26_64", "65_plus"});
        read.country = body.text("country", 2, 2);
        read.language = body.text_or("language", 20, "en");
        auto consents = body.object("consents");
        for (const char* purpose : {"record", "staff_reading", "language_model", "research"})
            read.consents[purpose] = consents.flag_or(purpose, false);
        return read;
    }));
    const auto system = trust::ActorDesk::system(desks.organisation);
    const auto service = TRY(desks.service.read(system));
    const auto staff = TRY(care::staff_there(system, desks.accounts, desks.teams));
    if (!desks.demo && !care::open_for_sign_up(care::first_start(service, staff, "en", desks.text_version)))
        return typed(ErrorKind::NotAllowed, "not-open", "This service is not open yet.");
    constexpr std::string_view bands[] = {"under_13", "13_17", "18_25", "26_64", "65_plus"};
    const auto* wanted = std::find(std::begin(bands), std::end(bands), form.age_band);
    const auto* least = std::find(std::begin(bands), std::end(bands), service.minimum_age_band);
    if (wanted < least)
        return typed(ErrorKind::NotAllowed, "too-young",
                     "This service is for older people. The help page names lines for children and young people.");
    form.wording = desks.read_version(form.language);
    if (!desks.models.named.empty())
        form.wordings["language_model"] = desks.models.named;
    form.device = device_of(request);
    const auto up = TRY(desks.sign_up.sign_up(desks.organisation, form));
    JsonObject out;
    if (!up.recovery_codes.empty())
        out.add("recovery_codes", up.recovery_codes);
    return signed_in(desks, up.session, 201, std::move(out));
}

Result<Response> sign_out(Desks& desks, const Request& request)
{
    TRY(desks.sign_in.sign_out(request.actor()));
    auto response = Response::no_content();
    response.with("Set-Cookie", no_host_cookie(cookie_name));
    response.with("Clear-Site-Data", "\"cache\", \"storage\"");
    return response;
}

Result<Response> accept_invitation(Desks& desks, const Request& request)
{
    struct Form {
        std::string display_name, login;
        Confidential password;
    };
    const auto form = TRY(read_body(request, [](Body& body) {
        return Form{body.text("display_name", 100), body.text("login", 200), Confidential{body.text("password", 1024)}};
    }));
    const auto service = TRY(desks.service.read(trust::ActorDesk::system(desks.organisation)));
    const auto accepted = TRY(desks.invitations.accept(request.path("token"), form.display_name, form.login,
                                                       form.password, service.name));
    JsonObject out;
    out.add("id", accepted.account).add("role", name(accepted.role));
    if (!accepted.second_factor.secret.empty())
        out.add("totp", totp_json(accepted.second_factor));
    return Response::created(out.done());
}

} // namespace

Result<std::optional<Actor>> who_asks(Desks& desks, const Request& request, Strength strength)
{
    using Shown = trust::SessionDesk::Strength;
    const auto token = request.cookie(cookie_name);
    if (token.empty())
        return std::optional<Actor>{};
    const auto actor =
        desks.sessions.actor_for(token, strength == Strength::PasswordOnly ? Shown::PasswordOnly : Shown::Full);
    if (actor.ok())
        return actor->organisation() == desks.organisation ? std::optional{*actor} : std::nullopt;
    if (actor.error().kind == ErrorKind::NotSignedIn)
        return std::optional<Actor>{};
    if (actor.error().where == "second-factor-set-up")
        return typed(ErrorKind::NotAllowed, "second-factor-set-up", actor.error().told);
    return actor.error();
}

void add_sign_in_routes(Router& router, Desks& desks)
{
    router.shape({"FirstConsents",
                  {{"record?", "flag"}, {"staff_reading?", "flag"}, {"language_model?", "flag"}, {"research?", "flag"}},
                  "what is left out was not agreed to"});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/sign-in",
                .summary = "Signs in; staff also give a code.",
                .callers = Callers::anyone(),
                .fields = {{"login", "text"}, {"password", "text"}, {"code?", "text"}},
                .example = R"({"login":"maeve","password":"…","code":"123456"})",
                .answer = {{"account", "Account"}, {"second_factor_set_up", "flag"}},
                .handler = [&desks](const Request& request) { return sign_in(desks, request); },
                .rate = RateClass::SignIn});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/sign-up",
                .summary = "Begins with or without a log-in name; without one the session is on this device only.",
                .callers = Callers::anyone(),
                .fields = {{"display_name?", "text"},
                           {"login?", "text"},
                           {"password?", "text"},
                           {"age_band", R"("under_13"|"13_17"|"18_25"|"26_64"|"65_plus")"},
                           {"country", "text", "ISO 3166, two letters"},
                           {"language?", "text"},
                           {"consents", "FirstConsents"}},
                .example = R"({"age_band":"26_64","country":"IE","language":"en","consents":{"record":true}})",
                .status = 201,
                .answer = {{"account", "Account"}, {"recovery_codes?", "text[]"}},
                .handler = [&desks](const Request& request) { return sign_up(desks, request); },
                .rate = RateClass::SignIn});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/sign-out",
                .summary = "Ends this session and clears what the browser kept.",
                .strength = Strength::PasswordOnly,
                .status = 204,
                .handler = [&desks](const Request& request) { return sign_out(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/recovery",
                .summary = "A recovery code in place of the password; ends every session.",
                .callers = Callers::anyone(),
                .fields = {{"login", "text"}, {"recovery_code", "text"}, {"new_password", "text"}},
                .example = R"({"login":"ada","recovery_code":"abcde-fghij","new_password":"…"})",
                .status = 204,
                .handler =
                    [&desks](const Request& request) -> Result<Response> {
                    struct Form {
                        std::string login, code;
                        Confidential fresh;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.text("login", 200), body.text("recovery_code", 32),
                                    Confidential{body.text("new_password", 1024)}};
                    }));
                    TRY(desks.sign_in.recover(desks.organisation, form.login, form.code, form.fresh,
                                              request.remote_address));
                    return Response::no_content();
                },
                .rate = RateClass::SignIn});
    router.add({.pattern = "/api/v1/invitations/{token}",
                .summary = "What an invitation is for.",
                .callers = Callers::anyone(),
                .answer = {{"purpose", "text"}, {"role", "text"}, {"display_name?", "text"}, {"ends_at", "instant"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto invitation = TRY(desks.invitations.find(request.path("token")));
                    return Response::ok(JsonObject{}
                                            .add("purpose", trust::name(invitation.purpose))
                                            .add("role", name(invitation.role))
                                            .add("display_name", invitation.display_name)
                                            .add("ends_at", invitation.ends_at)
                                            .done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/invitations/{token}",
                .summary = "Takes an invitation; works once.",
                .callers = Callers::anyone(),
                .fields = {{"display_name", "text"}, {"login", "text"}, {"password", "text"}},
                .example = R"({"display_name":"Maeve Dorrigan","login":"maeve","password":"…"})",
                .status = 201,
                .answer = {{"id", "id"}, {"role", "text"}, {"totp?", "SecondFactor"}},
                .handler = [&desks](const Request& request) { return accept_invitation(desks, request); },
                .rate = RateClass::SignIn});
}

} // namespace handrail::http::routes
