#include "app/commands/evaluate_replies.h"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "care/finding_counts.h"
#include "detect/corpus.h"
#include "support/guard.h"

namespace handrail::app {

namespace {

namespace json = boost::json;

struct Judged {
    int bad = 0, bad_held = 0, good = 0, good_through = 0;
    void count(bool allowed, bool held)
    {
        (allowed ? good : bad) += 1;
        bad_held += !allowed && held ? 1 : 0;
        good_through += allowed && !held ? 1 : 0;
    }
};

struct Reply {
    std::string text, language, rule;
    bool allowed = true;
};

Result<std::vector<Reply>> replies_of(const std::filesystem::path& file)
{
    std::vector<Reply> out;
    TRY(detect::read_json_lines(file, [&](const json::object& fields) -> Result<void> {
        const auto text = [&](const char* key) {
            const auto* found = fields.if_contains(key);
            return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
        };
        const auto* allowed = fields.if_contains("allowed");
        Reply reply{text("text"), text("lang"), text("rule"), allowed != nullptr && allowed->is_bool() && allowed->get_bool()};
        if (allowed == nullptr || !allowed->is_bool() || reply.text.empty() || reply.language.empty())
            return invalid("a reply is {\"text\": …, \"allowed\": …, \"rule\": …, \"lang\": …}");
        out.push_back(std::move(reply));
        return {};
    }));
    return out;
}

/// "63.7 % (1362 of 2137; 61.7 to 65.7)", with Wilson's 95 % interval.
std::string share(int part, int all)
{
    if (all == 0)
        return "–";
    const auto interval = care::share_interval(part, all);
    return fmt::format("{:.1f} % ({} of {}; {:.1f} to {:.1f})", 100.0 * part / all, part, all, 100 * interval.low,
                       100 * interval.high);
}

/// How the guard judges by its rules, by the model as well, and by the model only where it is sure (behind the gateway).
using Ways = std::array<Judged, 3>;

std::string row(const std::string& name, const Ways& ways, bool model)
{
    auto out = "| " + name + " |";
    for (std::size_t way = 0; way < (model ? ways.size() : 1); ++way)
        out += " " + share(ways[way].bad_held, ways[way].bad) + " | " + share(ways[way].good_through, ways[way].good) + " |";
    return out + "\n";
}

} // namespace

int evaluate_replies(const std::vector<std::filesystem::path>& files, const std::filesystem::path& content, std::ostream& out,
                     std::ostream& err, std::shared_ptr<const nlp::ReplyReader> reader)
{
    const auto dialogue = support::Dialogue::load(content);
    auto guard = support::Guard::load(content);
    if (!dialogue || !guard) {
        err << "handrail evaluate: " << (dialogue ? guard.error() : dialogue.error()).told << "\n";
        return 2;
    }
    const bool model = reader != nullptr;
    guard->use(std::move(reader));
    std::map<std::string, Ways> by_language, by_rule;
    Ways all;
    for (const auto& file : files) {
        const auto replies = replies_of(file);
        if (!replies) {
            err << "handrail evaluate: " << replies.error().told << "\n";
            return 2;
        }
        for (const auto& reply : *replies) {
            support::GuardContext around;
            around.language = reply.language;
            using Model = support::GuardContext::Model;
            const auto held = [&](Model reads) {
                around.model = reads;
                const auto reasons = guard->check(reply.text, around, *dialogue).reasons;
                return std::any_of(reasons.begin(), reasons.end(),
                                   [](const auto& reason) { return reason.rule != "C1" && reason.rule != "H2"; });
            };
            const bool by_rules = held(Model::Silent);
            const std::array<bool, 3> ways{by_rules, by_rules || held(Model::Reads), by_rules || held(Model::WhereSure)};
            for (auto* part : {&all, &by_language[reply.language], &by_rule[reply.rule]})
                for (std::size_t way = 0; way < ways.size(); ++way)
                    (*part)[way].count(reply.allowed, ways[way]);
        }
    }
    out << all[0].bad + all[0].good << " authored replies, none said by a model to anybody"
        << (model ? ", model " + guard->model_version() : std::string()) << ".\n\n| |";
    for (const auto* way : {"rules", "with the model", "behind the gateway"}) {
        out << " " << way << ": bad held back | " << way << ": good let through |";
        if (!model)
            break;
    }
    out << "\n| --- |";
    for (std::size_t way = 0; way < (model ? all.size() : 1); ++way)
        out << " --- | --- |";
    out << "\n" << row("all", all, model);
    for (const auto* parts : {&by_language, &by_rule})
        for (const auto& [name, part] : *parts)
            out << row(name, part, model);
    out << std::flush;
    return 0;
}

} // namespace handrail::app
