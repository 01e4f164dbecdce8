#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/urgency.h"
#include "nlp/reply_reader.h"
#include "support/dialogue.h"
#include "support/phrase.h"

namespace handrail::support {

/// What is known about the conversation into which a reply is about to go.
struct GuardContext {
    std::string language = "en";
    std::string region;                ///< ISO 3166; empty: unknown, so no national number may stand in the reply
    std::optional<Urgency> urgency;    ///< of the conversation; today and now need a live contact in the reply
    Category category = Category::None; ///< of the conversation; psychosis makes plain agreement a confirmed delusion
    Subject subject = Subject::None;
    bool minor = false;
    bool contacts_given = false;       ///< earlier in the conversation: then a short reply may do without them, but not at now
    /// How the model beside the rules reads it. Not at all: Handrail's own wording is made of texts that were read before. Only
    /// where it is sure: an app behind the gateway may speak of anything.
    enum class Model : std::uint8_t { Reads, WhereSure, Silent };
    Model model = Model::Reads;
};

struct GuardReason {
    std::string rule;  ///< "D2": the rule of the safety requirements
    std::string why;   ///< for staff
    std::string found; ///< the words that broke it
};

struct Verdict {
    bool allowed = true;
    std::vector<GuardReason> reasons;
    std::string replacement; ///< what to say instead; empty when allowed
};

/// Screens the words of an AI before they reach a person (safety.md A5, C, D, E): by rules, with no model and no network; and
/// what a language model said by a trained model besides, when there is one.
class Guard {
public:
    static Result<Guard> load(const std::filesystem::path& content_folder);
    /// Reads beside the rules what a language model said.
    void use(std::shared_ptr<const nlp::ReplyReader> reader) { reader_ = std::move(reader); }
    /// Of the model that reads beside the rules; empty: there is none.
    std::string model_version() const { return reader_ ? reader_->version() : std::string(); }
    /// Pure. Never fails. A sentence is judged by the rules of the conversation's language and of those that its commonest
    /// words tell: a reply may change its language, and words of one can look like those of another.
    Verdict check(std::string_view reply, const GuardContext& context, const Dialogue& dialogue) const;

private:
    struct Rule {
        std::string id, why, replacement;
        Phrases phrases, unless;
    };
    /// content/conversation/<language>/guard.json
    struct Tongue {
        std::vector<Rule> rules;
        Phrases agreeing, agreeing_unless;
        std::map<std::string, std::string> replacements;
        std::set<std::string, std::less<>> told_by; ///< the language's commonest words
    };
    std::vector<const Tongue*> tongues_of(const std::vector<Word>& words, std::string_view language) const;
    static Result<Tongue> load_tongue(const std::filesystem::path& file);
    std::string replacement(const std::string& key, const GuardContext& context, const Dialogue& dialogue) const;

    /// The rule that the model takes the reply to break, and the words it was read in; empty when it has nothing to say.
    std::pair<std::string, std::string> heard_by_model(std::string_view reply, const std::vector<std::string>& sentences,
                                                       GuardContext::Model model) const;
    const Rule* rule_of(const std::string& id, const std::string& language) const;

    std::map<std::string, Tongue, std::less<>> tongues_; ///< by language; "en" always
    std::shared_ptr<const nlp::ReplyReader> reader_;     ///< may be null
};

} // namespace handrail::support
