#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "domain/block.h"
#include "domain/finding.h"
#include "http/response.h"
#include "http/router.h"

namespace handrail::content {
class CrisisLines;
class Sources;
} // namespace handrail::content
namespace handrail::trust {
class AccountDesk;
class AuditBook;
class BreakGlassDesk;
class ConsentDesk;
class ErasureDesk;
class EveryPerson;
class InvitationDesk;
class Record;
class SessionDesk;
class SignInDesk;
class SignUpDesk;
class TeamDesk;
} // namespace handrail::trust
namespace handrail::care {
class AlertDesk;
class DocumentDesk;
class FindingDesk;
class ServiceDesk;
} // namespace handrail::care
namespace handrail::support {
class ConversationDesk;
}
namespace handrail::monitoring {
class AnswerDesk;
class AskDesk;
}
namespace handrail::errands {
class Caseload;
class PersonPage;
class OwnRecord;
class Walk;
class WhatsappDesk;
} // namespace handrail::errands

namespace handrail::http {
class EventHub;
}

/// The web page's own API: routes/<noun>.cpp. A route decodes, makes one call, and encodes.
namespace handrail::http::routes {

/// What the routes call. app makes all of it; everything outlives the server.
struct Desks {
    OrganisationId organisation; ///< the one this server's page is for
    const Clock& clock;
    trust::Record& record;
    trust::SessionDesk& sessions;
    trust::SignInDesk& sign_in;
    trust::SignUpDesk& sign_up;
    trust::AccountDesk& accounts;
    trust::InvitationDesk& invitations;
    trust::TeamDesk& teams;
    trust::ConsentDesk& consents;
    trust::ErasureDesk& erasures;
    trust::BreakGlassDesk& break_glass;
    trust::AuditBook& audit;
    care::AlertDesk& alerts;
    care::FindingDesk& findings;
    care::DocumentDesk& documents;
    care::ServiceDesk& service;
    support::ConversationDesk& conversations;
    monitoring::AnswerDesk& answers;
    monitoring::AskDesk& asks;
    errands::Caseload& caseload;
    errands::PersonPage& person_page;
    errands::OwnRecord& own_record;
    const content::CrisisLines& lines;
    const content::Sources& sources;
    EventHub& events;
    std::string public_url;
    std::string text_version; ///< of the fixed safety and consent texts in English, for signatures
    /// Version of the texts that a consent is given to, as they are read in this language: English where there are none.
    std::string read_version(std::string_view language) const;
    bool demo = false;
    /// Whether what is sent can be kept at this moment. Never waits.
    struct Keeping {
        bool keeps = true;
        bool away = false; ///< the store is not to be asked: it would not come back
        Instant since{};   ///< since when it is so
    };
    std::function<Keeping()> keeping;
    /// The fixed words for what could not be kept (support::answer_unkept). Waits for nothing.
    /// @param languages tags in lower case, the most wanted first: "en-ie"
    /// @param country   ISO 3166, as the page knows it; empty when it does not
    std::function<std::optional<std::vector<Block>>(std::string_view words, const Finding& finding,
                                                    const std::vector<std::string>& languages,
                                                    const std::string& country)>
        unkept;
    /// State of the system as JSON, for the administrator: app knows the stores and keys.
    std::function<Result<std::string>(const Actor&)> system_state;
    std::function<Result<std::string>()> measurements; ///< of the last 24 hours, for the administrator, as JSON
    std::function<Result<std::string>(const Actor&)> verify_audit;
    std::function<Result<std::string>(const std::string& language)> protocol; ///< the public crisis protocol as JSON
    std::function<Result<std::string>(const std::string& language)> safety_texts;
    /// Language models that may word replies: what a yes has to name, and how they are told. None: nothing is sent.
    struct Models {
        std::string named;
        std::vector<std::string> told;
    } models = {};
    errands::WhatsappDesk* whatsapp = nullptr; ///< null while the channel is off
    const errands::Walk* walk = nullptr;       ///< null where nobody walks
    const trust::EveryPerson* every_person = nullptr; ///< for counts over everybody; null: none are made
};

void add_sign_in_routes(Router& router, Desks& desks);
void add_account_routes(Router& router, Desks& desks);
void add_service_routes(Router& router, Desks& desks);
void add_plan_routes(Router& router, Desks& desks);
void add_own_words_routes(Router& router, Desks& desks);
void add_resource_routes(Router& router, Desks& desks);
void add_local_help_routes(Router& router, Desks& desks);
void add_privacy_routes(Router& router, Desks& desks);
void add_conversation_routes(Router& router, Desks& desks);
void add_check_in_routes(Router& router, Desks& desks);
void add_questionnaire_routes(Router& router, Desks& desks);
void add_event_routes(Router& router, Desks& desks);
void add_alert_routes(Router& router, Desks& desks);
void add_finding_routes(Router& router, Desks& desks);
void add_caseload_routes(Router& router, Desks& desks);
void add_list_entry_routes(Router& router, Desks& desks);
void add_list_load_routes(Router& router, Desks& desks);
void add_people_routes(Router& router, Desks& desks);
void add_asking_routes(Router& router, Desks& desks);
void add_treatment_routes(Router& router, Desks& desks);
void add_live_routes(Router& router, Desks& desks);
void add_hand_over_routes(Router& router, Desks& desks);
void add_summary_routes(Router& router, Desks& desks);
void add_lead_routes(Router& router, Desks& desks);
void add_walk_routes(Router& router, Desks& desks);
void add_rota_routes(Router& router, Desks& desks);
void add_admin_account_routes(Router& router, Desks& desks);
void add_admin_service_routes(Router& router, Desks& desks);
void add_admin_system_routes(Router& router, Desks& desks);
void add_conversation_limit_routes(Router& router, Desks& desks);
void add_whatsapp_routes(Router& router, Desks& desks);

/// All of the above.
void add_all(Router& router, Desks& desks);

/// Who sends this request: the session in its cookie, when it is one of this organisation and shown as strongly as the
/// route asks. Two organisations may be reached under one host name, and its cookie then arrives at both.
Result<std::optional<Actor>> who_asks(Desks& desks, const Request& request, Strength strength);

/// The channel of an account's event stream.
std::string channel(OrganisationId organisation, AccountId account);

} // namespace handrail::http::routes
