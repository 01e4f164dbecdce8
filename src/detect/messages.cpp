#include "detect/messages.h"

#include <algorithm>

#include "base/text.h"
#include "nlp/authored.h"

namespace handrail::detect {

namespace {

constexpr float ordinary_weight = 0.5F; ///< it would otherwise drown the messages
constexpr float posts_weight = 0.5F;    ///< raters saw a post in the light of its author's others

} // namespace

Result<Corpus> read_messages(const LabelSet& set, const std::filesystem::path& messages,
                             const std::filesystem::path& from)
{
    Corpus out;
    for (const auto name : split(set.positive, ' '))
        out.labels.emplace_back(name);
    out.labels.emplace_back("soon");
    out.labels.emplace_back("usual");
    std::sort(out.labels.begin(), out.labels.end());
    const auto what = static_cast<std::uint16_t>(out.labels.size());
    out.labels.insert(out.labels.end(), {"later", "now"});
    const auto later = what;
    const auto now = static_cast<std::uint16_t>(what + 1);
    out.questions = {{0, what}, {what, static_cast<std::uint16_t>(what + 2)}};
    const auto number = [&](std::string_view label) {
        return static_cast<std::uint16_t>(std::find(out.labels.begin(), out.labels.end(), label) - out.labels.begin());
    };
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(messages))
        for (const auto& each : std::filesystem::directory_iterator(messages))
            if (each.path().extension() == ".tsv")
                files.push_back(each.path());
    if (files.empty())
        return not_found("The messages that the screening model is learnt from are not in " + messages.string() + ".");
    std::sort(files.begin(), files.end());
    for (const auto& file : files)
        for (auto& message : TRY(nlp::read_authored(file))) {
            const bool urgent = message.urgency == Urgency::Now || message.urgency == Urgency::Today;
            const auto label = number(urgent ? name(message.category) : name(message.urgency));
            if (label >= what)
                return invalid(message.where +
                               ": a message of training needs a category and one of now, today, soon, usual");
            out.rows.push_back(
                {std::move(message.text), "", {label, message.urgency == Urgency::Now ? now : later}, 1, false});
        }
    // Posts about suicide by people who were not asked to write any; those that support others are no danger.
    const auto* posts = find_label_set("suicide_risk");
    const auto written = TRY(read_corpus(*posts, {from / posts->corpus / "train.jsonl.gz"}));
    for (const auto& post : written.rows) {
        const auto& label = written.labels[post.labels.front()];
        const bool danger = label == "ideation" || label == "behavior" || label == "attempt";
        out.rows.push_back({post.text,
                            post.group,
                            {number(danger                 ? "suicide"
                                    : label == "indicator" ? "soon"
                                                           : "usual"),
                             later},
                            posts_weight,
                            false});
    }
    for (const auto* corpus : {"emotion", "intent"}) {
        const auto* ordinary = find_label_set(corpus);
        const auto file = from / ordinary->corpus / "train.jsonl.gz";
        for (auto& row : TRY(read_corpus(*ordinary, {file})).rows)
            out.rows.push_back(
                {std::move(row.text), std::move(row.group), {number("usual"), later}, ordinary_weight, true});
    }
    return out;
}

} // namespace handrail::detect
