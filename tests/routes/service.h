#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/announcer.h"
#include "care/alert_desk.h"
#include "care/documents.h"
#include "care/findings.h"
#include "care/heard.h"
#include "care/service_desk.h"
#include "errands/caseload.h"
#include "errands/own_record.h"
#include "errands/person_page.h"
#include "http/event_stream.h"
#include "http/routes/desks.h"
#include "http/routes/kept_replies.h"
#include "monitoring/answer_desk.h"
#include "monitoring/ask_desk.h"
#include "support/conversation_desk.h"
#include "support/crisis_help.h"
#include "trust/house.h"

/// The routes over a real record, without sockets: what a server answers, asked by a function call.
namespace handrail::test {

/// One of the two stores that a test runs on.
struct StoreKind {
    const char* name;
    /// nullptr when this machine has no such store.
    std::unique_ptr<House> (*open)();
};
const std::vector<StoreKind>& both_stores();

/// A keeper of replies that can stop just before it keeps one, as a server does that is killed there.
class Keeper final : public http::IdempotencyKeeper {
public:
    explicit Keeper(trust::Record& record) : replies_(record) {}
    Result<std::optional<Kept>> lookup(const Actor& actor, std::string_view key) override
    {
        return replies_.lookup(actor, key);
    }
    std::shared_ptr<Claim> claim(const Actor& actor, std::string_view key, std::string_view request_hash) override
    {
        return replies_.claim(actor, key, request_hash);
    }
    Result<void> keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                      const http::Response& response) override
    {
        return killed_before_keeping ? Result<void>{} : replies_.keep(actor, key, request_hash, response);
    }
    std::atomic<bool> killed_before_keeping = false;

private:
    http::routes::KeptReplies replies_;
};

/// Everything between one organisation's page and the stores of a House: two of them stand side by side as two nodes of
/// one service, or as two services.
class Service {
public:
    /// @param asking  what people are asked; none: what the project ships
    Service(House& house, OrganisationId organisation, const monitoring::Asking* asking = nullptr);

    House& house;
    const OrganisationId organisation;
    care::AlertDesk alerts;
    care::ServiceDesk service;
    care::FindingDesk findings;
    care::DocumentDesk documents;
    support::CrisisHelp crisis_help;
    care::Listening listening;
    support::ConversationDesk conversations;
    monitoring::AnswerDesk answers;
    monitoring::AskDesk asks;
    errands::Caseload caseload;
    errands::PersonPage person_page;
    errands::OwnRecord own_record;
    http::EventHub hub;
    http::routes::Desks desks;
    Keeper keeper;
    http::Router router;

    /// A session of this account, as the cookie carries it.
    std::string token_of(const Actor& actor);
    http::Response ask(http::Method method, const std::string& target, const std::string& token,
                       const std::string& body = {}, const std::string& key = {});
    http::Response post(const std::string& target, const std::string& token, const std::string& body,
                        const std::string& key = {})
    {
        return ask(http::Method::Post, target, token, body, key);
    }
    http::Response get(const std::string& target, const std::string& token)
    {
        return ask(http::Method::Get, target, token);
    }
    /// The open alert of a person; empty when there is none.
    AlertId alert_of(PersonId person);
    care::Alert alert(AlertId id) { return must(alerts.find(house.system(organisation), id)); }
    /// How many steps of a kind the alert's path has.
    int steps(AlertId id, std::string_view kind);
};

} // namespace handrail::test
