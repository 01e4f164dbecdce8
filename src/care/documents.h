#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "care/exercise_runs.h"
#include "care/memory.h"
#include "trust/record.h"

/// What a person wrote for themselves and for those who may have to help: kept sealed, every version until erased.
namespace handrail::care {

/// Where a document is sealed. Its row has no id of its own: person, kind and version are in what is authenticated.
trust::Place document_place(std::string_view kind, std::int64_t version);

struct Contact {
    std::string name;
    std::string phone;
};

/// Six parts, in the person's own words (Stanley and Brown; own section texts, care.md).
struct SafetyPlan {
    std::int64_t version = 0; ///< 0: none written yet
    std::optional<Instant> updated_at;
    std::vector<std::string> warning_signs;
    std::vector<std::string> coping;
    std::vector<Contact> distraction;   ///< people and places; the phone may be empty
    std::vector<Contact> people;
    std::vector<Contact> professionals;
    std::vector<std::string> safer_place;
    bool shared_with_team = false;
    bool kept_on_device = false;
};

/// The parts in the order in which they are read when it gets hard.
enum class PlanPart { WarningSigns, Coping, Distraction, People, Professionals, SaferPlace };
/// Each with its name in JSON and in content.
inline constexpr std::array<std::pair<PlanPart, std::string_view>, 6> plan_parts{{
    {PlanPart::WarningSigns, "warning_signs"},
    {PlanPart::Coping, "coping"},
    {PlanPart::Distraction, "distraction"},
    {PlanPart::People, "people"},
    {PlanPart::Professionals, "professionals"},
    {PlanPart::SaferPlace, "safer_place"},
}};

struct EmergencyContact {
    std::string name;
    std::string relation;
    std::string phone;
    bool may_call = false; ///< agreed by the person; never called by the software
};

struct SafeContact {
    std::int64_t version = 0;
    std::optional<Instant> updated_at;
    std::string phone;
    std::string email;
    std::string times;
    bool voicemail_ok = false;
    bool text_ok = false;
    std::string address;
    std::optional<EmergencyContact> emergency_contact;
    std::string medicines;
};

/// For colleagues: nobody shows it to the person in the chat, and it is in the record that they can take along.
struct StaffNote {
    Instant at;
    AccountId by;
    std::string text;
    ConversationId conversation = {}; ///< in which it was written; empty: about the person
};

class DocumentDesk {
public:
    explicit DocumentDesk(trust::Record& record) : record_(record) {}

    Result<SafetyPlan> safety_plan(const Actor& actor, PersonId person) const;
    /// Conflict when another device saved in between: `plan.version` must be the one that was read.
    Result<SafetyPlan> save(const Actor& actor, PersonId person, const SafetyPlan& plan) const;
    Result<SafeContact> safe_contact(const Actor& actor, PersonId person) const;
    Result<SafeContact> save(const Actor& actor, PersonId person, const SafeContact& contact) const;
    Result<std::vector<MemoryItem>> memory(const Actor& actor, PersonId person) const;
    /// Invalid without words; TooMuch when the list is full.
    Result<MemoryItem> remember(const Actor& actor, PersonId person, const MemoryItem& item) const;
    Result<MemoryItem> correct(const Actor& actor, PersonId person, const std::string& id, const std::string& text) const;
    /// One item, or, without an id, everything.
    Result<void> forget(const Actor& actor, PersonId person, const std::optional<std::string>& id) const;
    Result<std::vector<ExerciseRun>> exercise_runs(const Actor& actor, PersonId person) const;
    Result<void> remove_exercise_run(const Actor& actor, PersonId person, const std::string& id) const;
    Result<void> add_note(const Actor& actor, PersonId person, const std::string& text) const;

private:
    trust::Record& record_;
};

/// The same inside a transaction, for pages that show several things at once. Absent ones are version 0.
Result<SafetyPlan> read_safety_plan(trust::Reading& reading, PersonId person);
/// One more line of a part, written in a conversation: the newest version with the line at its end. TooMuch when the part
/// is full.
Result<void> add_to_safety_plan(trust::Writing& writing, PersonId person, PlanPart part, const Contact& line);
/// The parts that hold something.
std::set<PlanPart> filled_parts(const SafetyPlan& plan);
Result<SafeContact> read_safe_contact(trust::Reading& reading, PersonId person);
/// The newest first, at most `most` of those written before `before`.
Result<std::vector<StaffNote>> read_notes(trust::Reading& reading, PersonId person, Instant before, int most);
/// Those of one conversation among the person's last 200, the newest first.
Result<std::vector<StaffNote>> notes_of(trust::Reading& reading, PersonId person, ConversationId conversation);
/// @param conversation  empty: about the person
Result<void> write_note(trust::Writing& writing, PersonId person, ConversationId conversation, const std::string& text);

} // namespace handrail::care
