#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "domain/finding.h"
#include "nlp/screener.h"
#include "support/dialogue.h"

namespace handrail::test {

/// What must hold for one reply of a scripted case.
struct CaseTurn {
    int line = 0;                 ///< in the file, for messages
    std::string words;            ///< of the person
    Finding finding;              ///< what the screener is taken to have found
    std::optional<Urgency> screener; ///< what the shipped screener may make of it instead, for a written reason
    std::vector<std::string> must, must_not, moves, not_moves;
    std::optional<std::string> urgency;
    int pause_minutes = 1;        ///< before this message
    std::vector<std::string> keeps; ///< what the reply keeps holds these words; tests/scenarios/converse/README.md
    bool keeps_nothing = false;
};

/// A conversation in a text file that a clinician can write and argue with; tests/scenarios/converse/README.md.
struct ConversationCase {
    std::filesystem::path file;
    support::Situation situation;
    std::vector<CaseTurn> turns;
    std::string problem; ///< what could not be read; empty when sound
};

ConversationCase read_case(const std::filesystem::path& file);

/// A finding as the screener would make it, for one message.
Finding finding_of(Urgency urgency, Category category = Category::None, Subject subject = Subject::Self);

/// Where the shipped screener reads a message otherwise than the file takes it to be read, and the file does not say why.
/// Danger that stands in the turns before counts as read: that is how the engine holds it. Empty: nowhere.
std::vector<std::string> misread(const nlp::Screener& screener, const ConversationCase& script);

struct Talked {
    std::vector<support::Reply> replies;
    support::State state;
};
/// Runs the case through the engine with the findings of the file.
Talked talk(const support::Dialogue& dialogue, const ConversationCase& script);

/// What a reply keeps or forgets, in words: "memory helps: walking", "plan people: Joss, 085 555 0142".
std::string kept_by(const support::Reply& reply);

/// What is wrong with the replies, by what the case demands and by what holds for every conversation. Empty: nothing.
std::vector<std::string> faults(const ConversationCase& script, const std::vector<support::Reply>& replies);

} // namespace handrail::test
