#include "detect/messages.h"

#include <algorithm>

#include "base/text.h"
#include "nlp/authored.h"

namespace handrail::detect {

namespace {

constexpr std::size_t every = 4; ///< of the ordinary talk, which would otherwise drown the messages
constexpr float ordinary_weight = 0.5F;

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
    out.questions.push_back({0, static_cast<std::uint16_t>(out.labels.size())});
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
            if (label >= out.labels.size())
                return invalid(message.where +
                               ": a message of training needs a category and one of now, today, soon, usual");
            out.rows.push_back({std::move(message.text), "", {label}, 1});
        }
    std::size_t at = 0;
    for (const auto* corpus : {"emotion", "intent"}) {
        const auto* ordinary = find_label_set(corpus);
        const auto file = from / ordinary->corpus / "train.jsonl.gz";
        for (auto& row : TRY(read_corpus(*ordinary, {file})).rows)
            if (at++ % every == 0)
                out.rows.push_back({std::move(row.text), std::move(row.group), {number("usual")}, ordinary_weight});
    }
    return out;
}

} // namespace handrail::detect
