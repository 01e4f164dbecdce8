#include "app/commands/evaluate_fairness.h"

#include <ostream>
#include <string>

#include "app/commands/measured_screener.h"
#include "nlp/fairness.h"

namespace handrail::app {

int evaluate_fairness(const std::filesystem::path& folder, const std::filesystem::path& content, bool show,
                      std::ostream& out, std::ostream& err, std::shared_ptr<const nlp::SecondReader> second)
{
    const auto screener = measured_screener(content, std::move(second), err);
    if (!screener)
        return 2;
    const auto fairness = nlp::Fairness::measure(*screener, folder);
    if (!fairness) {
        err << "handrail evaluate: " << fairness.error().told << "\n";
        return 2;
    }
    if (show)
        for (const auto& swap : fairness->swaps())
            if (swap.found != swap.plain)
                out << swap.message << ": " << name(swap.plain) << " becomes " << name(swap.found) << " for "
                    << swap.who << "\n";
    out << fairness->swaps().size() << " messages, each beside the same message by somebody else, "
        << what_was_measured(*screener) << ".\n\n"
        << fairness->told() << std::flush;
    return 0;
}

} // namespace handrail::app
