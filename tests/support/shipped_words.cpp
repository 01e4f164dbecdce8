#include "shipped_words.h"

#include <algorithm>
#include <fstream>

#include <boost/json.hpp>

#include "detect/screening_model.h"
#include "support/phrase.h"
#include "support/words.h"

namespace handrail::test {

namespace {

namespace json = boost::json;
const std::filesystem::path source(HANDRAIL_SOURCE_DIR);

template <class T> T loaded(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().told + result.error().noted);
    return *std::move(result);
}

std::vector<ShippedText> read_texts()
{
    std::vector<ShippedText> out;
    for (const auto& [language, book] : shipped_dialogue().phrasebooks()) {
        const auto add = [&, &tongue = language](const std::string& where, const std::string& text) {
            if (!text.empty())
                out.push_back({tongue, where, text});
        };
        for (const auto& [key, variants] : book.all())
            for (const auto& text : variants)
                add("texts " + key, text);
        for (const auto& text : book.crisis_texts()) {
            for (const auto* variants : {&text.hear, &text.call, &text.lead, &text.trusted, &text.plan, &text.again,
                                         &text.approach, &text.coping})
                for (const auto& each : *variants)
                    add("crisis " + text.id, each);
            for (const auto& step : text.steps)
                for (const auto& each : step)
                    add("crisis " + text.id, each);
        }
        for (const auto& [id, question] : book.questions()) {
            for (const auto& each : question.wordings)
                add("question " + id, each);
            for (const auto& option : question.options)
                add("choice of " + id, option.choice.text);
            for (const auto& [option, variants] : question.answers)
                for (const auto& each : variants)
                    add("answer to " + id + " " + option, each);
        }
        for (const auto& exercise : book.exercises()) {
            add("exercise " + exercise.id, exercise.title);
            for (const auto& step : exercise.steps)
                add("exercise " + exercise.id, step.text);
        }
    }
    return out;
}

/// The phrases of one rule of the reply guard in one language, and what lets them pass. Read alone: judging by all rules at
/// once takes ten times as long.
struct Family {
    support::Phrases phrases, unless;
    bool holds(std::string text) const
    {
        // The worldwide directory is meant; any other link may be an advertisement.
        constexpr std::string_view directory = "findahelpline.com";
        for (auto at = text.find(directory); at != std::string::npos; at = text.find(directory))
            text.erase(at, directory.size());
        const auto sentences = support::sentences_of(text);
        return std::any_of(sentences.begin(), sentences.end(), [&](const auto& sentence) {
            const auto words = support::words_of(sentence);
            return phrases.in(words) && !unless.in(words);
        });
    }
};

std::map<std::string, std::vector<Family>> families_of(const std::string& rule)
{
    const auto patterns = [](const json::object& from, std::string_view key) {
        std::vector<std::string> out;
        if (const auto* list = from.if_contains(key))
            for (const auto& each : list->as_array())
                out.emplace_back(each.as_string());
        return support::Phrases(out);
    };
    std::map<std::string, std::vector<Family>> out;
    for (const auto& [language, book] : shipped_dialogue().phrasebooks()) {
        std::ifstream file(source / "content/conversation" / language / "guard.json");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const auto guard = json::parse(text);
        for (const auto& each : guard.at("rules").as_array())
            if (each.at("id").as_string() == rule)
                out[language].push_back({patterns(each.as_object(), "phrases"), patterns(each.as_object(), "unless")});
    }
    return out;
}

bool broken(const std::vector<Family>& families, const std::string& text)
{
    return std::any_of(families.begin(), families.end(), [&](const auto& each) { return each.holds(text); });
}

} // namespace

const support::Dialogue& shipped_dialogue()
{
    static const auto it = loaded(support::Dialogue::load(source / "content"));
    return it;
}

const support::Guard& shipped_guard()
{
    static const auto it = loaded(support::Guard::load(source / "content"));
    return it;
}

const nlp::Screener& shipped_screener()
{
    static const auto it = loaded(nlp::Screener::load(source / "content"));
    return it;
}

const nlp::Screener& shipped_screener_with_model()
{
    static const auto it = [] {
        auto screener = loaded(nlp::Screener::load(source / "content"));
        screener.use(loaded(detect::ScreeningModel::load(source / "models")));
        return screener;
    }();
    return it;
}

const std::vector<ShippedText>& shipped_texts()
{
    static const auto it = read_texts();
    return it;
}

std::vector<ShippedText> shipped_breaking(const std::string& rule)
{
    const auto families = families_of(rule);
    std::vector<ShippedText> out;
    for (const auto& each : shipped_texts()) {
        // What is agreed to is no reply: there the person speaks, and the service says what it keeps.
        if (each.where.starts_with("texts consent."))
            continue;
        if (const auto own = families.find(each.language); own != families.end() && broken(own->second, each.text))
            out.push_back(each);
    }
    return out;
}

std::set<std::string> languages_guarded(const std::string& rule)
{
    std::set<std::string> out;
    for (const auto& [language, families] : families_of(rule))
        out.insert(language);
    return out;
}

std::set<std::string> languages_where_it_bites(const std::string& rule)
{
    std::set<std::string> out;
    for (const auto& [language, families] : families_of(rule)) {
        std::ifstream file(source / "tests/support/replies" / (language + ".jsonl"));
        for (std::string line; !out.contains(language) && std::getline(file, line);) {
            const auto reply = json::parse(line).as_object();
            if (!reply.at("allowed").as_bool() && broken(families, std::string(reply.at("text").as_string())))
                out.insert(language);
        }
    }
    return out;
}

Speaker::Speaker(std::string language, std::string region) : language_(std::move(language))
{
    situation.language = language_;
    situation.region = std::move(region);
    situation.now = Instant{std::chrono::hours{24 * 365 * 50 + 12}};
}

support::Reply Speaker::says(const std::string& words)
{
    return says(words, shipped_screener().screen(words, before_, language_));
}

support::Reply Speaker::says(const std::string& words, const Finding& finding)
{
    situation.now += std::chrono::minutes{1};
    auto reply = shipped_dialogue().answer(state, words, finding, situation);
    state = *support::state_from(support::state_text(state));
    before_.push_back(words);
    return reply;
}

bool made(const support::Reply& reply, std::string_view move)
{
    return std::find(reply.moves.begin(), reply.moves.end(), move) != reply.moves.end();
}

} // namespace handrail::test
