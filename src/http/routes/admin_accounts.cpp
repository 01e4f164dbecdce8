#include <map>

#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/account_json.h"
#include "http/routes/desks.h"
#include "trust/account_desk.h"
#include "trust/invitation_desk.h"
#include "trust/staff_contact.h"
#include "trust/team_desk.h"

namespace handrail::http::routes {

namespace {

Result<Response> accounts(Desks& desks, const Request& request)
{
    std::map<TeamId, std::string> teams;
    for (const auto& team : TRY(desks.teams.all(request.actor())))
        teams[team.id] = team.name;
    const auto staff = TRY(desks.accounts.all_staff(request.actor()));
    std::map<AccountId, trust::StaffContact> contacts;
    TRY(desks.record.read(request.actor(), [&](trust::Reading& reading) -> Result<void> {
        for (const auto& account : staff)
            contacts[account.id] = TRY(trust::staff_contact(reading, account.id));
        return {};
    }));
    JsonList items;
    for (const auto& account : staff) {
        JsonList its_teams;
        for (const auto& team : account.teams)
            its_teams.add(JsonObject{}.add("id", team).add("name", teams[team]));
        const auto& contact = contacts[account.id];
        items.add(account_json(account)
                      .add("teams", its_teams)
                      .add("work_mail", contact.mail)
                      .add("work_phone", contact.phone));
    }
    return Response::ok(JsonObject{}.add("items", items).done());
}

Result<Response> change_account(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<AccountId>("account"));
    struct Form {
        std::optional<std::string> role, state, work_mail, work_phone;
        std::optional<std::vector<TeamId>> teams;
    };
    const auto form = TRY(read_body(request, [](Body& body) {
        Form read;
        read.role = body.optional_one_of("role", {"clinician", "lead", "administrator"});
        read.state = body.optional_one_of("state", {"active", "suspended"});
        read.work_mail = body.optional_text("work_mail", 254);
        read.work_phone = body.optional_text("work_phone", 40);
        if (body.has("teams"))
            read.teams = body.ids<TeamId>("teams", 100);
        return read;
    }));
    if (form.work_mail || form.work_phone) {
        auto contact = TRY(trust::staff_contact(desks.record, request.actor(), id));
        contact.mail = form.work_mail.value_or(contact.mail);
        contact.phone = form.work_phone.value_or(contact.phone);
        TRY(trust::change_staff_contact(desks.record, request.actor(), id, contact));
    }
    if (form.role)
        TRY(desks.accounts.change_role(request.actor(), id, *role_from(*form.role)));
    if (form.state)
        TRY(desks.accounts.suspend(request.actor(), id, *form.state == "suspended"));
    if (form.teams)
        TRY(desks.teams.set_teams(request.actor(), id, *form.teams));
    return accounts(desks, request);
}

Result<Response> invite(Desks& desks, const Request& request)
{
    const auto wanted = TRY(read_body(request, [](Body& body) {
        trust::InvitationDesk::New read;
        read.role = role_from(body.one_of("role", {"clinician", "lead", "administrator"}))
                        .value_or(Role::Clinician);
        read.purpose = read.role == Role::Administrator ? trust::InvitationPurpose::Administrator
                                                        : trust::InvitationPurpose::Staff;
        read.display_name = body.text_or("display_name", 100, "");
        read.email = body.text_or("email", 200, "");
        read.team = body.optional_id<TeamId>("team").value_or(TeamId{});
        return read;
    }));
    const auto sent = TRY(desks.invitations.create(request.actor(), wanted));
    return Response::created(JsonObject{}
                                 .add("id", sent.id)
                                 .add("link", desks.public_url + "/staff/invitation#" + sent.token)
                                 .add("ends_at", sent.ends_at)
                                 .done());
}

Result<Response> teams(Desks& desks, const Request& request)
{
    JsonList items;
    for (const auto& team : TRY(desks.teams.all(request.actor())))
        items.add(JsonObject{}
                      .add("id", team.id)
                      .add("name", team.name)
                      .add("people", team.people)
                      .add("members", team.members));
    return Response::ok(JsonObject{}.add("items", items).done());
}

} // namespace

void add_admin_account_routes(Router& router, Desks& desks)
{
    const auto administrator = Callers::administrator();
    const std::string staff_role = R"("clinician"|"lead"|"administrator")";
    router.shape({"WaitingInvitation",
                  {{"id", "id"},
                   {"purpose", "text"},
                   {"role", staff_role},
                   {"display_name", "text"},
                   {"email", "text"},
                   {"created_at", "instant"},
                   {"ends_at", "instant"}}});
    router.shape({"Team", {{"id", "id"}, {"name", "text"}, {"people", "integer"}, {"members", "id[]"}}});
    router.add({.pattern = "/api/v1/admin/accounts",
                .summary = "Every member of staff.",
                .callers = administrator,
                .answer = {{"items", "Account[]"}},
                .handler = [&desks](const Request& request) { return accounts(desks, request); }});
    router.add({.method = Method::Patch,
                .pattern = "/api/v1/admin/accounts/{account}",
                .summary = "Role, state, teams of a member of staff, which end their sessions; where alerts reach them at work.",
                .callers = administrator,
                .fields = {{"role?", staff_role},
                           {"state?", R"("active"|"suspended")"},
                           {"teams?", "id[]"},
                           {"work_mail?", "text", "empty takes it away"},
                           {"work_phone?", "text", "with its country: +353 87 123 4567"}},
                .example = R"({"state":"suspended"})",
                .answer = {{"items", "Account[]"}},
                .handler = [&desks](const Request& request) { return change_account(desks, request); }});
    router.add({.pattern = "/api/v1/admin/invitations",
                .summary = "Invitations that wait.",
                .callers = administrator,
                .answer = {{"items", "WaitingInvitation[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& each : TRY(desks.invitations.waiting(request.actor())))
                        items.add(JsonObject{}
                                      .add("id", each.id)
                                      .add("purpose", trust::name(each.purpose))
                                      .add("role", name(each.role))
                                      .add("display_name", each.display_name)
                                      .add("email", each.email)
                                      .add("created_at", each.created_at)
                                      .add("ends_at", each.ends_at));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/admin/invitations",
                .summary = "Invites someone; the link is shown once, works once, and ends after 72 hours.",
                .callers = administrator,
                .fields = {{"role", staff_role},
                           {"display_name?", "text"},
                           {"email?", "text"},
                           {"team?", "id"}},
                .example = R"({"role":"clinician","display_name":"Maeve Dorrigan"})",
                .status = 201,
                .answer = {{"id", "id"}, {"link", "text"}, {"ends_at", "instant"}},
                .handler = [&desks](const Request& request) { return invite(desks, request); }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/admin/invitations/{invitation}",
                .summary = "Withdraws an invitation.",
                .callers = administrator,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.invitations.withdraw(request.actor(), TRY(request.id<InvitationId>("invitation"))));
                    return Response::no_content();
                }});
    router.add({.pattern = "/api/v1/admin/teams",
                .summary = "Care teams.",
                .callers = administrator,
                .answer = {{"items", "Team[]"}},
                .handler = [&desks](const Request& request) { return teams(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/admin/teams",
                .summary = "Makes a care team.",
                .callers = administrator,
                .fields = {{"name", "text"}},
                .example = R"({"name":"Harbour Street"})",
                .status = 201,
                .answer = {{"items", "Team[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto called = TRY(read_body(request, [](Body& body) { return body.text("name", 100); }));
                    TRY(desks.teams.create(request.actor(), called));
                    auto all = TRY(teams(desks, request));
                    all.status = 201;
                    return all;
                }});
    router.add({.method = Method::Patch,
                .pattern = "/api/v1/admin/teams/{team}",
                .summary = "Renames a team, or says who is on it.",
                .callers = administrator,
                .fields = {{"name?", "text"}, {"members?", "id[]"}},
                .example = R"({"name":"Harbour Street"})",
                .answer = {{"items", "Team[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<TeamId>("team"));
                    struct Form {
                        std::optional<std::string> called;
                        std::optional<std::vector<AccountId>> members;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        Form read;
                        read.called = body.optional_text("name", 100);
                        if (body.has("members"))
                            read.members = body.ids<AccountId>("members", 500);
                        return read;
                    }));
                    if (form.called)
                        TRY(desks.teams.rename(request.actor(), id, *form.called));
                    if (form.members)
                        TRY(desks.teams.set_members(request.actor(), id, *form.members));
                    return teams(desks, request);
                }});
}

} // namespace handrail::http::routes
