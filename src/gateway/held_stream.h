#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/chat_answer.h"
#include "gateway/output_screen.h"
#include "gateway/tally.h"

namespace handrail::gateway {

/// Holds a model's words back until they have been judged: sentence by sentence for each choice, arguments of calls as a
/// whole, and the end of an answer only after all of it was judged once more. What was let go can not be called back.
///
/// After an error nothing more is given out; what was held counts as withheld.
class HeldStream {
public:
    enum class Hold {
        Sentences,
        Whole, ///< JSON: half of it with other words behind would be neither
    };
    struct Piece {
        enum class Kind { Content, Refusal, Call, Finish } kind = Kind::Content;
        int choice = 0;
        std::string text; ///< words, or the reason of the end
        ToolCall call;
        bool old_function = false;
    };
    using Pieces = std::vector<Piece>;
    /// Words that stand in for an answer, in the shape that was asked for.
    using Shaping = std::function<Choice(std::string_view)>;

    HeldStream(const OutputScreen& screen, Tally::Way& tally, Hold hold, Shaping shaping)
        : screen_(screen), tally_(tally), hold_(hold), shaping_(std::move(shaping))
    {
    }

    /// A part of a call, as a stream brings it. `index` -1: the old "function_call".
    struct CallPart {
        int index = 0;
        std::string id, name, arguments;
        bool custom = false;
    };
    Result<void> content(int choice, std::string_view text, Pieces& out) { return text_part(choice, Field::Content, text, out); }
    Result<void> refusal(int choice, std::string_view text, Pieces& out) { return text_part(choice, Field::Refusal, text, out); }
    void call(int choice, CallPart part);
    /// The choice has ended; `reason` as the model's service says it.
    Result<void> finish(int choice, std::string_view reason, Pieces& out);
    /// The answer broke off: what is held is judged and let go, or not; no choice is ended.
    Result<void> break_off(Pieces& out);
    /// Nobody reads on.
    void abandon();

    bool replaced() const { return replaced_; }
    bool all_ended(int choices) const; ///< of that many choices nothing more is to come
    const std::vector<std::string>& rules() const { return rules_; }

private:
    enum class Field { Content, Refusal };
    struct Text {
        std::string held;
        std::string released;
    };
    struct Open {
        Text content, refusal;
        std::map<int, ToolCall> calls;
        bool ended = false;
    };
    Result<void> text_part(int choice, Field field, std::string_view text, Pieces& out);
    Result<OutputScreen::Judged> judged(std::string_view words);
    Result<bool> release(int choice, Open& open, Field field, std::size_t bytes, bool last, Pieces& out);
    Result<bool> release_calls(int choice, Open& open, Pieces& out);
    Result<bool> release_rest(int choice, Open& open, Pieces& out);
    void replace(int choice, Open& open, const OutputScreen::Judged& judged, Pieces& out);
    void withhold_all(bool screened);

    const OutputScreen& screen_;
    Tally::Way& tally_;
    Hold hold_;
    Shaping shaping_;
    std::map<int, Open> choices_;
    bool replaced_ = false;
    bool failed_ = false;
    std::vector<std::string> rules_;
};

/// How many bytes of this text end with a sentence, or with a word once a sentence has become very long; 0: none yet.
std::size_t sentence_end(std::string_view held);
/// Broken UTF-8 with replacement characters in its place.
std::string whole_utf8(std::string_view bytes);

} // namespace handrail::gateway
