#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/screener.h"
#include "support/guard.h"

namespace handrail::support {

/// Reads the words of a model as they come and lets them out sentence by sentence, each held back until the next has begun
/// and both were read together: a thought that two sentences share is judged whole (safety.md A5, D). Lives for one reply.
class GuardedStream {
public:
    struct Form {
        GuardContext around;
        std::size_t most_words = 60;
        std::size_t most_sentences = 4;
        bool may_ask = false;            ///< the move asks a question: one at most
        std::string known;               ///< numbers may stand in the reply that stand in here
        std::vector<std::string> said;   ///< sentences of this conversation that are not said again
        /// Names in place of pseudonyms; an error refuses.
        std::function<Result<std::string>(std::string_view)> put_back;
    };
    GuardedStream(const Guard& guard, const Dialogue& dialogue, const nlp::Screener& screener, Form form)
        : guard_(guard), dialogue_(dialogue), screener_(screener), form_(std::move(form))
    {
    }

    /// False once something was refused: nothing more is let out.
    bool take(std::string_view text);
    /// The model has ended. False when the rest, or all of it together, is refused.
    /// @param whole it ended by itself; a half sentence at the end of one that did not is left out
    bool finish(bool whole);

    /// Forgets everything: another answer begins.
    void begin();
    /// Whether a first sentence stands there whole, let out or not.
    bool sentence() const { return !let_out_.empty() || !held_.empty(); }
    /// What was let out, in order. Nothing of it is taken back, and finish() may still refuse the whole.
    const std::vector<std::string>& let_out() const { return let_out_; }
    std::string text() const;
    /// Why it was refused, for the model's second try and for the log: a rule, never the words.
    const std::string& why() const { return why_; }

private:
    bool refuse(std::string why);
    bool sentence_came(std::string_view sentence);
    bool allowed(const std::string& text);

    const Guard& guard_;
    const Dialogue& dialogue_;
    const nlp::Screener& screener_;
    Form form_;
    std::string waiting_; ///< has not ended as a sentence
    std::string held_;    ///< the last whole sentence
    std::vector<std::string> let_out_;
    std::string why_;
};

} // namespace handrail::support
