#include "support/wording_by_model.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "base/fingerprint.h"
#include "base/text.h"
#include "support/guarded_stream.h"
#include "support/wording.h"
#include "support/words.h"

namespace handrail::support {

namespace {

namespace json = boost::json;
using language::ChatLine;

constexpr std::size_t most_words = 60;
constexpr std::size_t lines_sent = 10;     ///< of what was said before
constexpr std::size_t longest_line = 1500; ///< characters of one of them
constexpr std::size_t longest_now = 4000;

Result<std::string> text_in(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    if (value != nullptr && value->is_string())
        return std::string(value->get_string());
    if (value == nullptr || !value->is_array())
        return invalid("language_model/brief.json needs \"" + std::string(key) + "\".");
    std::string out;
    for (const auto& line : value->get_array())
        if (line.is_string())
            out += (out.empty() ? "" : "\n") + std::string(line.get_string());
    return out;
}

/// Nobody closes or opens the place of the person's words but we.
std::string without_tags(std::string text)
{
    for (char& c : text)
        if (c == '<' || c == '>')
            c = ' ';
    return text;
}

std::string first_characters(const std::string& text, std::size_t most)
{
    return code_points(text) <= most ? text : std::string(cut_code_points(text, 0, most)) + " …";
}

std::string as_sent(const language::ChatRequest& request)
{
    std::string out;
    for (const auto& line : request.lines) {
        out += line.role == ChatLine::Role::System ? "Instructions: " : line.role == ChatLine::Role::User ? "You: " : "Handrail: ";
        out += line.text + "\n\n";
    }
    return out;
}

} // namespace

Result<WordingByModel> WordingByModel::load(const std::filesystem::path& content_folder, const language::Endpoints& endpoints,
                                            Settings settings)
{
    WordingByModel out(endpoints, TRY(language::Recogniser::load(content_folder)), std::move(settings));
    std::ifstream in(content_folder / "language_model" / "brief.json", std::ios::binary);
    if (!in)
        return unavailable("content is missing: language_model/brief.json", "cannot open language_model/brief.json");
    std::stringstream text;
    text << in.rdbuf();
    boost::system::error_code failed;
    const auto value = json::parse(text.str(), failed);
    if (failed || !value.is_object())
        return invalid("language_model/brief.json is not JSON: " + failed.message());
    const auto& root = value.get_object();
    out.system_ = TRY(text_in(root, "system"));
    out.question_ = TRY(text_in(root, "question"));
    out.again_ = TRY(text_in(root, "again"));
    for (auto& [key, into] : {std::pair{"moves", &out.moves_}, std::pair{"languages", &out.languages_}}) {
        const auto* list = root.if_contains(key);
        if (list == nullptr || !list->is_object() || list->get_object().empty())
            return invalid(std::string("language_model/brief.json needs \"") + key + "\".");
        for (const auto& [name, words] : list->get_object())
            (*into)[std::string(name)] = std::string(words.is_string() ? words.get_string() : json::string());
    }
    std::string vendors;
    for (const auto& endpoint : endpoints.all())
        vendors += endpoint.name + "\n" + language::host_of(endpoint.url) + "\n";
    out.named_ = "model-" + Fingerprint{}.take(vendors).text();
    return out;
}

bool WordingByModel::fits(const Reply& reply, const State& state, Urgency found) const
{
    const auto calm = [](Urgency urgency) { return urgency == Urgency::Usual || urgency == Urgency::Soon; };
    if (endpoints_->empty() || !reply.text_id.empty() || reply.wants_person || reply.found || reply.moves.empty())
        return false;
    if (!calm(reply.urgency) || !calm(state.held) || !calm(found) || !state.exercise.empty())
        return false;
    // Where a kind word can do harm of its own (a belief confirmed, a diet praised, a partner confronted) the words stay ours.
    for (const auto category : {Category::Psychosis, Category::Mania, Category::EatingDisorder, Category::Abuse, Category::MedicalEmergency})
        if (reply.category == category || state.category == category)
            return false;
    // A choice to touch, numbers to call and steps stay as they are.
    const bool words_only = std::all_of(reply.blocks.begin(), reply.blocks.end(), [](const Block& block) {
        return (block.kind == Block::Kind::Text || block.kind == Block::Kind::Question) && block.choices.empty() && block.items.empty();
    });
    return words_only && languages_.count(state.language) > 0 &&
           std::all_of(reply.moves.begin(), reply.moves.end(), [&](const auto& move) { return moves_.count(move) > 0; });
}

std::optional<std::vector<std::string>> WordingByModel::word(const Turn& turn, const Guard& guard, const Dialogue& dialogue,
                                                             const nlp::Screener& screener, const Leaves& leaves) const
{
    auto names = language::Pseudonyms::from(turn.pseudonyms);
    const auto& tongue = turn.around.language;
    const auto hidden = [&](const std::string& text, std::size_t most) {
        return without_tags(names.hide(first_characters(text, most), tongue, recogniser_));
    };
    const auto language = languages_.find(tongue);
    std::string moves;
    for (const auto& move : turn.built_in.moves)
        moves += (moves.empty() ? "" : " ") + moves_.at(move);
    const bool asks = std::count(turn.built_in.moves.begin(), turn.built_in.moves.end(), "open_question") > 0;

    language::ChatRequest request;
    request.lines.push_back({ChatLine::Role::System,
                             filled(system_, {{"language", language == languages_.end() ? "English" : language->second},
                                              {"words", std::to_string(most_words)}})});
    GuardedStream::Form form;
    form.around = turn.around;
    form.most_words = most_words;
    form.may_ask = asks;
    form.known = turn.words + " " + turn.built_in.text;
    form.put_back = [&names](std::string_view text) { return names.put_back(text); };
    const auto first = turn.before.size() > lines_sent ? turn.before.size() - lines_sent : 0;
    for (auto i = first; i < turn.before.size(); ++i) {
        const auto& message = turn.before[i];
        // What a human of the team wrote is theirs, and a fixed text needs no model to know it.
        if (message.author != Author::Person && (message.author != Author::Ai || !message.text_id.empty()))
            continue;
        const bool person = message.author == Author::Person;
        const auto text = hidden(message.text, longest_line);
        request.lines.push_back({person ? ChatLine::Role::User : ChatLine::Role::Assistant, person ? "<said>" + text + "</said>" : text});
        if (!person)
            for (auto& sentence : sentences_of(message.text))
                form.said.push_back(std::move(sentence));
    }
    request.lines.push_back({ChatLine::Role::User, filled(question_, {{"move", moves},
                                                                      {"plain", hidden(turn.built_in.text, longest_line)},
                                                                      {"said", hidden(turn.words, longest_now)}})});
    turn.pseudonyms = names.text();

    GuardedStream stream(guard, dialogue, screener, std::move(form));
    const auto until = endpoints_->now() + endpoints_->limits().all;
    for (int tries = 0; tries < 2; ++tries) {
        const language::Endpoints::Asking asking{
            [&](const language::Endpoint& endpoint) {
                return leaves({{}, turn.conversation, endpoint.name, language::host_of(endpoint.url), endpoint.model, as_sent(request)});
            },
            [&] { stream.begin(); }, [&](std::string_view text) { return stream.take(text); }, [&] { return stream.sentence(); }};
        const auto end = endpoints_->ask(request, asking, until);
        if (end.ok() && *end != language::ChatAnswer::End::Refused && stream.finish(*end == language::ChatAnswer::End::Stop))
            return stream.let_out();
        const bool guarded = !stream.why().empty();
        if (settings_.note)
            settings_.note(guarded ? "held back: " + stream.why() : end.ok() ? "the model refused" : end.error().noted);
        if (!guarded) // slow, away or not allowed: asking the same again brings nothing
            break;
        if (tries == 0)
            request.lines.push_back({ChatLine::Role::System, filled(again_, {{"why", stream.why()}})});
    }
    return std::nullopt;
}

void put_words(Reply& reply, const std::vector<std::string>& sentences)
{
    std::string id;
    for (const auto& block : reply.blocks)
        if (block.kind == Block::Kind::Question)
            id = block.id;
    reply.blocks.clear();
    reply.text.clear();
    for (const auto& sentence : sentences) {
        const bool question = &sentence == &sentences.back() && sentence.back() == '?';
        if (question || reply.blocks.empty()) {
            Block block;
            block.kind = question ? Block::Kind::Question : Block::Kind::Text;
            if (question)
                block.id = id.empty() ? "open" : id;
            reply.blocks.push_back(std::move(block));
        }
        auto& text = reply.blocks.back().text;
        text += (text.empty() ? "" : " ") + sentence;
        reply.text += (reply.text.empty() ? "" : " ") + sentence;
    }
}

} // namespace handrail::support
