#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/backups.h"
#include "app/checkpoints.h"
#include "app/config.h"
#include "app/vault.h"
#include "base/steady_time.h"
#include "care/alert_desk.h"
#include "care/documents.h"
#include "care/findings.h"
#include "care/heard.h"
#include "care/service_desk.h"
#include "care/supporter_desk.h"
#include "content/crisis_lines.h"
#include "content/sources.h"
#include "errands/caseload.h"
#include "errands/nightly.h"
#include "errands/own_record.h"
#include "errands/person_page.h"
#include "errands/retention.h"
#include "errands/walk.h"
#include "monitoring/answer_desk.h"
#include "monitoring/ask_desk.h"
#include "monitoring/informant_desk.h"
#include "nlp/screener.h"
#include "storage/store.h"
#include "support/conversation_desk.h"
#include "support/crisis_help.h"
#include "trust/account_desk.h"
#include "trust/audit_book.h"
#include "trust/break_glass_desk.h"
#include "trust/consent_desk.h"
#include "trust/erasure_desk.h"
#include "trust/invitation_desk.h"
#include "trust/keyring.h"
#include "trust/login_limits.h"
#include "trust/organisation_desk.h"
#include "trust/session_desk.h"
#include "trust/setting_desk.h"
#include "trust/sign_in_desk.h"
#include "trust/sign_up_desk.h"
#include "trust/team_desk.h"

namespace handrail::app {

/// The system clock, but for filling a demo: then the day can be set, and months go by in seconds.
class HouseClock final : public Clock {
public:
    Instant now() const override { return set_ ? *set_ : system_.now(); }
    void set(std::optional<Instant> at) { set_ = at; }
    const SteadyTime& system() const { return system_; }
    void not_before(Instant stored) { system_.not_before(stored); }

private:
    SteadyTime system_;
    std::optional<Instant> set_;
};

/// Of the fixed safety and consent texts, for signatures: a checksum over their files.
Result<std::string> text_version_of(const std::filesystem::path& content);

/// The newest instant in the store: an indexed look at the audit record, to which every change adds.
Result<std::optional<Instant>> newest_entry(trust::Keyring& keyring, trust::Record& record);

/// Everything long-lived, made in the order of the drawing and taken down the other way round.
class House {
public:
    static Result<std::unique_ptr<House>> open(const Config& config);

    const Config config;
    const std::unique_ptr<HouseClock> clock_held; ///< older than the keys, which read it
    HouseClock& clock;
    Vault vault;
    Backups backups;
    Checkpoints checkpoints;
    content::CrisisLines lines;
    content::Sources sources;
    monitoring::Asking asking;
    nlp::Screener screener;
    std::string rules_only; ///< why no model reads beside the rules; empty when one does
    support::Dialogue dialogue;
    support::Guard guard;
    support::CrisisHelp crisis_help;
    std::unique_ptr<trust::Record> record;
    trust::SessionDesk sessions;
    trust::LoginLimits login_limits;
    trust::SignInDesk sign_in;
    trust::SignUpDesk sign_up;
    trust::AccountDesk accounts;
    trust::InvitationDesk invitations;
    trust::TeamDesk teams;
    trust::ConsentDesk consents;
    trust::SettingDesk settings;
    trust::ErasureDesk erasures;
    trust::BreakGlassDesk break_glass;
    trust::AuditBook audit;
    trust::OrganisationDesk organisations;
    care::AlertDesk alerts;
    care::ServiceDesk service;
    care::FindingDesk findings;
    care::DocumentDesk documents;
    care::Listening listening;
    support::ConversationDesk conversations;
    monitoring::AnswerDesk answers;
    monitoring::AskDesk asks;
    monitoring::InformantDesk informants;
    care::SupporterDesk supporters;
    errands::Caseload caseload;
    errands::PersonPage person_page;
    errands::OwnRecord own_record;
    errands::Retention retention;
    trust::EveryPerson every_person;
    errands::Nightly nightly;
    errands::ServicePath walk_path;
    errands::Walk walk;
    OrganisationId organisation; ///< "main"

    Actor system() const;
    std::string text_version; ///< text_version_of() its content

private:
    struct Content {
        content::CrisisLines lines;
        content::Sources sources;
        monitoring::Asking asking;
        nlp::Screener screener;
        std::string rules_only;
        AlertPolicy alert_policy;
        support::Dialogue dialogue;
        support::Guard guard;
        monitoring::NightJudge night_judge;
    };
    static Result<Content> read_content(const Config& config);
    House(const Config& with, std::unique_ptr<HouseClock> ticking, Vault opened, Content content);
};

} // namespace handrail::app
