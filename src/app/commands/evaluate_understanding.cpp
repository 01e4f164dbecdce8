#include "app/commands/evaluate_understanding.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>
#include <vector>

#include <boost/json.hpp>

#include "support/dialogue.h"

namespace handrail::app {

namespace {

namespace json = boost::json;

/// One message of a person, with the emotions that its annotators named and what its conversation is about; none where
/// nobody was asked.
struct Message {
    std::string text;
    std::set<std::string> emotions;
    std::string about;
};

/// What the corpus calls the feelings that the conversation names. The others have no name there and are not judged.
const std::map<std::string, std::set<std::string>> corpus_words{
    {"sad", {"sadness", "grief"}},       {"anxious", {"fear", "nervousness"}}, {"angry", {"anger"}},
    {"ashamed", {"embarrassment", "remorse"}}, {"confused", {"confusion"}},    {"hopeful", {"optimism", "relief"}}};

/// What the corpus says a conversation is about, as the topics of the conversation here. The others are not judged.
const std::map<std::string, std::set<std::string>> corpus_topics{
    {"job crisis", {"work", "money"}},
    {"breakup with partner", {"relationships"}},
    {"problems with friends", {"friends", "loneliness"}},
    {"academic pressure", {"study"}},
    {"ongoing depression", {"mood"}},
    {"Sleep Problems", {"sleep"}},
    {"conflict with parents", {"family"}},
    {"Issues with Parents", {"family"}},
    {"Issues with Children", {"family"}},
    {"Appearance Anxiety", {"body"}},
    {"Alcohol Abuse", {"substances"}}};

Result<std::vector<json::object>> rows_of(const std::filesystem::path& file)
{
    auto* open = gzopen(file.c_str(), "rb");
    if (open == nullptr)
        return not_found("The file cannot be read: " + file.string());
    std::string all;
    std::array<char, 1U << 16U> part{};
    for (int read = 0; (read = gzread(open, part.data(), part.size())) > 0;)
        all.append(part.data(), static_cast<std::size_t>(read));
    gzclose(open);
    std::vector<json::object> rows;
    for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find('\n', at), all.size());
        json::error_code failed;
        const auto row = json::parse(std::string_view(all).substr(at, end - at), failed);
        if (end > at && (failed || !row.is_object()))
            return invalid(file.string() + " holds a line that is not JSON.");
        if (end > at)
            rows.push_back(row.get_object());
        at = end + 1;
    }
    return rows;
}

std::string text_in(const json::object& row, std::string_view key)
{
    const auto* value = row.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<Message> messages_in(const std::string& corpus, const std::vector<json::object>& rows)
{
    std::vector<Message> out;
    for (const auto& row : rows) {
        if (corpus == "goemotions") {
            Message message{text_in(row, "text"), {}, {}};
            if (const auto* labels = row.if_contains("labels"); labels != nullptr && labels->is_array())
                for (const auto& label : labels->get_array())
                    message.emotions.emplace(label.as_string());
            out.push_back(std::move(message));
        } else if (corpus == "annomi") {
            if (text_in(row, "speaker") == "client")
                out.push_back({text_in(row, "text"), {}, {}});
        } else if (const auto* dialog = row.if_contains("dialog"); dialog != nullptr && dialog->is_array()) {
            for (const auto& turn : dialog->get_array())
                if (turn.is_object() && text_in(turn.get_object(), "speaker") == "seeker")
                    out.push_back({text_in(turn.get_object(), "text"), {}, text_in(row, "label")});
        }
    }
    return out;
}

struct Counted {
    int messages = 0, understood = 0, felt = 0, judged = 0, right = 0, placed = 0, well_placed = 0;
    static bool anything(const support::Heard& heard)
    {
        return !heard.feelings.empty() || !heard.topics.empty() || !heard.intent.empty();
    }
    void count(const support::Heard& heard, const Message& message)
    {
        ++messages;
        felt += heard.feelings.empty() ? 0 : 1;
        understood += anything(heard) ? 1 : 0;
        if (const auto about = corpus_topics.find(message.about); about != corpus_topics.end() && !heard.topics.empty()) {
            ++placed;
            well_placed += about->second.contains(heard.topics.front()) ? 1 : 0;
        }
        if (message.emotions.empty() || heard.feelings.empty())
            return;
        const auto known = corpus_words.find(heard.feelings.front());
        if (known == corpus_words.end())
            return;
        ++judged;
        right += std::any_of(known->second.begin(), known->second.end(),
                             [&](const auto& word) { return message.emotions.contains(word); })
                     ? 1
                     : 0;
    }
};

std::string share(int of, int all)
{
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%.1f %% (%d)", all > 0 ? 100.0 * of / all : 0.0, of);
    return out.data();
}

std::string right_of(int right, int judged)
{
    return judged == 0 ? std::string("not judged") : share(right, judged) + " of " + std::to_string(judged);
}

std::string line(const std::string& corpus, const char* how, const Counted& counted)
{
    return "| " + corpus + " | " + how + " | " + std::to_string(counted.messages) + " | " +
           share(counted.understood, counted.messages) + " | " + share(counted.felt, counted.messages) + " | " +
           right_of(counted.right, counted.judged) + " | " + right_of(counted.well_placed, counted.placed) + " |\n";
}

} // namespace

int evaluate_understanding(const std::filesystem::path& corpora, const std::filesystem::path& content, std::ostream& out,
                           std::ostream& err, const std::shared_ptr<const nlp::FeelingReader>& feelings, bool show)
{
    const auto rules = support::Dialogue::load(content);
    auto with_model = support::Dialogue::load(content);
    if (!rules || !with_model) {
        err << "handrail evaluate: " << (rules ? with_model.error().told : rules.error().told) << '\n';
        return 2;
    }
    with_model->use(feelings);
    out << "| messages of | heard by | messages | something understood | a feeling | the first feeling was right | "
           "the first topic was the conversation's |\n"
           "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (const std::string corpus : {"goemotions", "esconv", "annomi"}) {
        const auto rows = rows_of(corpora / corpus / "dev.jsonl.gz");
        if (!rows) {
            err << "handrail evaluate: " << rows.error().told << '\n';
            return 2;
        }
        Counted before, after, added;
        for (const auto& message : messages_in(corpus, *rows)) {
            const auto by_rules = rules->hear("en", message.text);
            const auto by_both = with_model->hear("en", message.text);
            before.count(by_rules, message);
            after.count(by_both, message);
            if (by_rules.feelings.empty() && !by_both.feelings.empty())
                added.count(by_both, message);
            if (show && !Counted::anything(by_both))
                err << corpus << ": " << message.text << '\n';
        }
        out << line(corpus, "rules", before) << line(corpus, "rules and model", after) << line(corpus, "the model alone", added);
    }
    return 0;
}

} // namespace handrail::app
