#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/endpoints.h"
#include "language/pseudonyms.h"
#include "nlp/screener.h"
#include "support/guard.h"
#include "support/message.h"
#include "support/reply.h"
#include "support/sent_words.h"
#include "support/state.h"

namespace handrail::support {

/// Words a reply of the dialogue anew with a language model: only one that listens. What is done in it was decided by the
/// rules; fixed texts, exercises, the notice and everything in danger are never given to a model.
///
/// Immutable but for the endpoints' breakers; safe to call from several threads.
class WordingByModel {
public:
    struct Settings {
        int replies_a_day = 60; ///< of one person, UTC days; beyond it the built-in words stand
        std::function<void(const std::string&)> note; ///< for the operator: why none came. Never any words
    };
    /// @param content_folder holds language_model/brief.json and pseudonyms/
    static Result<WordingByModel> load(const std::filesystem::path& content_folder, const language::Endpoints& endpoints,
                                       Settings settings);

    /// What a consent has to have named: another vendor or address makes another. "model-1f0c…".
    const std::string& named() const { return named_; }
    int replies_a_day() const { return settings_.replies_a_day; }

    /// Whether a reply is one that a model may word.
    bool fits(const Reply& reply, const State& state, Urgency found) const;

    struct Turn {
        const std::vector<Message>& before; ///< oldest first
        const std::string& words;           ///< the person's, now
        const Reply& built_in;
        GuardContext around;
        ConversationId conversation;
        std::string& pseudonyms;            ///< of the conversation, in and out: State::pseudonyms
    };
    /// Before anything leaves: writes down what will be, or refuses.
    using Leaves = std::function<Result<void>(const SentWords&)>;
    /// @return the sentences of the reply, read by the guard; none: the built-in words stand.
    std::optional<std::vector<std::string>> word(const Turn& turn, const Guard& guard, const Dialogue& dialogue,
                                                 const nlp::Screener& screener, const Leaves& leaves) const;

private:
    WordingByModel(const language::Endpoints& endpoints, language::Recogniser recogniser, Settings settings)
        : endpoints_(&endpoints), recogniser_(std::move(recogniser)), settings_(std::move(settings))
    {
    }

    const language::Endpoints* endpoints_;
    language::Recogniser recogniser_;
    Settings settings_;
    std::string named_, system_, question_, again_;
    std::map<std::string, std::string, std::less<>> moves_, languages_;
};

/// The reply with the model's sentences in place of its own: a question at the end stays a question.
void put_words(Reply& reply, const std::vector<std::string>& sentences);

} // namespace handrail::support
