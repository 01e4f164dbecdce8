#include "detect/replies.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/text.h"

namespace handrail::detect {

namespace {

namespace json = boost::json;

constexpr float counsellors_weight = 0.5F; ///< they speak of themselves, and nobody looked for what an AI must not say
constexpr std::size_t at_a_time = 2;       ///< sentences

struct Read {
    Row row;
    std::string rule; ///< empty: it may go out
};

/// Invalid says what is wrong with the line.
Result<Read> read_reply(const json::object& fields)
{
    const auto* text = fields.if_contains("text");
    const auto* allowed = fields.if_contains("allowed");
    if (text == nullptr || !text->is_string() || allowed == nullptr || !allowed->is_bool())
        return invalid("a reply is {\"text\": …, \"allowed\": true or false, \"rule\": …}");
    Read out{{std::string(text->get_string()), "", {}, 1, false}, ""};
    if (allowed->get_bool())
        return out;
    const auto* rule = fields.if_contains("rule");
    if (rule == nullptr || !rule->is_string() || rule->get_string().empty())
        return invalid("a reply that may not go out names the rule that it breaks");
    out.rule = std::string(rule->get_string());
    return out;
}

/// A long answer a few sentences at a time.
std::vector<std::string> parts_of(std::string_view answer)
{
    std::vector<std::string> out;
    std::size_t begin = 0;
    std::size_t sentences = 0;
    for (std::size_t at = 0; at < answer.size(); ++at) {
        const bool end = at + 1 == answer.size();
        const bool mark = answer[at] == '.' || answer[at] == '!' || answer[at] == '?';
        if (!end && (!mark || answer[at + 1] != ' ' || ++sentences < at_a_time))
            continue;
        if (const auto part = trimmed(answer.substr(begin, at + 1 - begin)); !part.empty())
            out.emplace_back(part);
        begin = at + 1;
        sentences = 0;
    }
    return out;
}

} // namespace

Result<Corpus> read_replies(const std::filesystem::path& replies, const std::filesystem::path& from)
{
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(replies))
        for (const auto& each : std::filesystem::directory_iterator(replies))
            if (each.path().extension() == ".jsonl")
                files.push_back(each.path());
    if (files.empty())
        return not_found("The replies that the guard's model is learnt from are not in " + replies.string() + ".");
    std::sort(files.begin(), files.end());
    std::vector<Read> all;
    for (const auto& file : files)
        TRY(read_json_lines(file, [&](const json::object& fields) -> Result<void> {
            all.push_back(TRY(read_reply(fields)));
            return {};
        }));
    for (const auto* part : {"train.jsonl.gz", "dev.jsonl.gz"})
        TRY(read_json_lines(from / find_label_set("topic")->corpus / part, [&](const json::object& question) -> Result<void> {
            const auto* group = question.if_contains("group");
            const auto* answers = question.if_contains("answers");
            if (answers == nullptr || !answers->is_array())
                return {};
            for (const auto& answer : answers->get_array()) {
                const auto* text = answer.is_object() ? answer.get_object().if_contains("text") : nullptr;
                if (text == nullptr || !text->is_string())
                    continue;
                for (auto& sentences : parts_of(text->get_string()))
                    all.push_back({{std::move(sentences),
                                    group != nullptr && group->is_string() ? std::string(group->get_string()) : std::string(),
                                    {},
                                    counsellors_weight,
                                    true},
                                   ""});
            }
            return {};
        }));

    std::set<std::string> rules;
    for (const auto& each : all)
        if (!each.rule.empty())
            rules.insert(each.rule);
    Corpus out;
    out.labels = {std::string(broken), std::string(harmless)};
    out.labels.insert(out.labels.end(), rules.begin(), rules.end());
    out.labels.emplace_back(no_rule);
    out.questions = {{0, 2}, {2, static_cast<std::uint16_t>(out.labels.size())}};
    const auto number = [&](std::string_view label) {
        return static_cast<std::uint16_t>(std::find(out.labels.begin(), out.labels.end(), label) - out.labels.begin());
    };
    for (auto& each : all) {
        each.row.labels = each.rule.empty() ? std::vector{number(harmless), number(no_rule)}
                                            : std::vector{number(broken), number(each.rule)};
        out.rows.push_back(std::move(each.row));
    }
    return out;
}

} // namespace handrail::detect
