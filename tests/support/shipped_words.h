#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "nlp/screener.h"
#include "support/dialogue.h"
#include "support/guard.h"

/// Every word that ships, and the engine over it, for the tests of rules that must hold everywhere.
namespace handrail::test {

const support::Dialogue& shipped_dialogue();
const support::Guard& shipped_guard();
const nlp::Screener& shipped_screener();
/// Rules and model, as a service runs them.
const nlp::Screener& shipped_screener_with_model();

struct ShippedText {
    std::string language;
    std::string where; ///< "texts say.thanks", "exercise breathing 3", ...
    std::string text;
};
/// Conversation texts, words for danger, direct questions with their choices and answers, exercises: all languages.
const std::vector<ShippedText>& shipped_texts();

/// Those that break a rule of the reply guard.
std::vector<ShippedText> shipped_breaking(const std::string& rule);

/// Languages in which the reply guard has a rule of this id, and in how many it holds back one of the replies of
/// tests/support/replies that their authors call bad.
std::set<std::string> languages_guarded(const std::string& rule);
std::set<std::string> languages_where_it_bites(const std::string& rule);

/// One conversation in a language, screened for real, one minute between two messages.
class Speaker {
public:
    explicit Speaker(std::string language, std::string region = "IE");
    support::Reply says(const std::string& words);
    support::Reply says(const std::string& words, const Finding& finding);
    support::State state;
    support::Situation situation;

private:
    std::string language_;
    std::vector<std::string> before_;
};

bool made(const support::Reply& reply, std::string_view move);

} // namespace handrail::test
