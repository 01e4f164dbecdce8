#include "support/understood_by_model.h"

namespace handrail::support {

namespace {

constexpr std::size_t fewest_words = 4; ///< of less the model knows too little

} // namespace

bool add_feeling(Heard& heard, std::string_view words, const nlp::FeelingReader& reader)
{
    if (!heard.feelings.empty() || !heard.intent.empty() || !heard.obstacles.empty() || !heard.hard_word.empty() || heard.scolds ||
        heard.asks || heard.words.size() < fewest_words || heard.cue("unusual_belief") || heard.cue("retracts"))
        return false;
    auto feeling = reader.feeling(words);
    if (feeling.empty())
        return false;
    heard.feelings.push_back(std::move(feeling));
    return true;
}

} // namespace handrail::support
