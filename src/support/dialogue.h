#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "content/crisis_lines.h"
#include "domain/finding.h"
#include "domain/reliance_protocol.h"
#include "nlp/feeling_reader.h"
#include "support/phrasebook.h"
#include "support/reply.h"
#include "support/situation.h"
#include "support/state.h"
#include "support/understanding.h"

namespace handrail::support {

struct Turn;

/// The conversation engine: offline, without a store, deterministic. The same state, words, finding and situation give the
/// same reply and the same next state.
///
/// Immutable once loaded: one Dialogue serves every thread.
class Dialogue {
public:
    /// @param content_folder The folder that holds conversation/, crisis/, exercises/ and crisis_lines.json.
    /// @return Invalid names what is wrong in which file.
    static Result<Dialogue> load(const std::filesystem::path& content_folder);

    /// Feelings in English that the rules do not hear are then asked of it. Before the first answer.
    void use(std::shared_ptr<const nlp::FeelingReader> feelings) { feelings_ = std::move(feelings); }
    /// What is understood of a message in a language, by the rules and by whatever else is in use.
    Heard hear(std::string_view language, std::string_view words) const;

    /// The first message of a conversation, before the person wrote: the notice (A1) and one open question.
    Reply open(State& state, const Situation& situation) const;
    /// Answers one message of the person.
    ///
    /// @param words   what the person wrote: confidential, not kept by this class
    /// @param finding nlp's finding for it, screened with the conversation as context
    /// @return exactly one reply, never empty, with at most one question
    Reply answer(State& state, std::string_view words, const Finding& finding, const Situation& situation) const;

    /// A person was asked for by the button: the same as asking in words.
    Reply ask_for_person(State& state, const Situation& situation) const;
    /// Nobody took the conversation in time: says so, and that an alert went out.
    Reply nobody_came(State& state, const Situation& situation) const;
    /// A named human opened the alert about the person: who and when (safety.md C15).
    Reply opened(State& state, const Situation& situation) const;
    /// The fixed words for something a human left unanswered, marked as automatic (safety.md G2).
    Reply unanswered(State& state, const Finding& finding, const Situation& situation) const;

    /// Whose words, as they are shipped now, two different people of the service signed.
    std::set<std::string, std::less<>> signed_languages(const care::Service& service) const;

    /// The words of a language; English where it has none.
    const Phrasebook& book(std::string_view language) const;
    const RelianceProtocol& reliance() const { return reliance_; }
    const content::CrisisLines& crisis_lines() const { return lines_; }
    /// Every fixed safety text, for signing, the public protocol page and tests.
    const std::map<std::string, Phrasebook, std::less<>>& phrasebooks() const { return books_; }

private:
    explicit Dialogue(content::CrisisLines lines) : lines_(std::move(lines)) {}
    /// A reply to no words of the person.
    Reply unasked(State& state, const Situation& situation, void (*say)(Turn&)) const;
    /// Of the conversation as it stands.
    const Phrasebook& book(const State& state, const Situation& situation) const;
    /// Of the answer to this message. A conversation keeps its language until a message of some length, or two in a row,
    /// or one about danger, is in another: "mmm" and "ok" are at home in many.
    const Phrasebook& book_for(State& state, const Situation& situation, const Finding& finding, std::size_t words) const;
    /// Whether a message asks for a human in another language than the conversation's (G1): then it is answered in that one.
    bool wishes_person(std::string_view settled, const Finding& finding, std::string_view words) const;
    const Understanding& understanding(const Phrasebook& book) const;

    content::CrisisLines lines_;
    RelianceProtocol reliance_;
    std::shared_ptr<const nlp::FeelingReader> feelings_; ///< none: by rules alone
    std::map<std::string, Phrasebook, std::less<>> books_;
    std::map<std::string, Understanding, std::less<>> understandings_; ///< "en" always
};

} // namespace handrail::support
