#include "app/commands/evaluate_fairness.h"

#include <ostream>
#include <string>

#include "app/commands/measured_screener.h"
#include "detect/corpus.h"
#include "nlp/fairness.h"

namespace handrail::app {

namespace {

/// Jigsaw's identity templates, or a corpus in their form: rows of one group and label differ in who is spoken of.
constexpr detect::LabelSet templates{"identity_templates", "", "", "en", detect::Kind::OneOf, detect::Licence::Open,
                                     detect::Measure::MacroF1, "", "", "", ""};

Result<nlp::Fairness> measured(const nlp::Screener& screener, const std::filesystem::path& folder)
{
    const auto rows = folder / "dev.jsonl.gz";
    if (!std::filesystem::exists(rows))
        return nlp::Fairness::measure(screener, folder);
    std::vector<nlp::Fairness::Alike> texts;
    const auto corpus = TRY(detect::read_corpus(templates, {rows}));
    for (const auto& row : corpus.rows) {
        const auto& label = corpus.labels[row.labels.front()];
        texts.push_back({row.group + " " + label, "a " + label + " template of others", row.text});
    }
    return nlp::Fairness::measure(screener, texts);
}

} // namespace

int evaluate_fairness(const std::filesystem::path& folder, const std::filesystem::path& content, bool show,
                      std::ostream& out, std::ostream& err, std::shared_ptr<const nlp::SecondReader> second)
{
    const auto screener = measured_screener(content, std::move(second), err);
    if (!screener)
        return 2;
    const auto fairness = measured(*screener, folder);
    if (!fairness) {
        err << "handrail evaluate: " << fairness.error().told << "\n";
        return 2;
    }
    if (show)
        for (const auto& swap : fairness->swaps())
            if (swap.found != swap.plain || swap.found != swap.author)
                out << swap.message << ": " << name(swap.author) << " by its author, " << name(swap.plain) << " for most, "
                    << name(swap.found) << " for " << (swap.who.empty() ? "one of them" : swap.who) << "\n";
    out << fairness->swaps().size() << " messages, each beside the same message by somebody else, "
        << what_was_measured(*screener) << ".\n\n"
        << fairness->told() << std::flush;
    return 0;
}

} // namespace handrail::app
