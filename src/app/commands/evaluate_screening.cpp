#include "app/commands/evaluate_screening.h"

#include <ostream>
#include <string>

#include "app/commands/measured_screener.h"
#include "nlp/authored.h"

namespace handrail::app {

int evaluate_screening(const std::vector<std::filesystem::path>& files, const std::filesystem::path& content, bool show,
                       std::ostream& out, std::ostream& err, std::shared_ptr<const nlp::SecondReader> second)
{
    const auto screener = measured_screener(content, std::move(second), err);
    if (!screener)
        return 2;
    nlp::AuthoredMeasure measure;
    std::size_t count = 0;
    std::string names;
    for (const auto& file : files) {
        const auto messages = nlp::read_authored(file);
        if (!messages) {
            err << "handrail evaluate: " << messages.error().told << "\n";
            return 2;
        }
        const auto stem = file.filename().string();
        const bool frozen = stem.find("frozen") != std::string::npos;
        if (show && frozen)
            err << "handrail evaluate: NOT SHOWN: " << stem << " is frozen.\n";
        names += (names.empty() ? "" : ", ") + stem;
        count += messages->size();
        for (const auto& message : *messages) {
            const auto finding = screener->screen(message.text);
            measure.add(message, finding);
            if (show && !frozen && finding.urgency != message.urgency)
                out << message.where << ": " << name(message.urgency) << " was answered " << name(finding.urgency)
                    << (finding.evidence.empty() ? std::string() : " by " + finding.evidence.front().rule) << ": "
                    << message.text << "\n";
        }
    }
    out << count << " authored messages (not clinical) of " << names << ", " << what_was_measured(*screener) << ".\n\n"
        << measure.told() << std::flush;
    return 0;
}

} // namespace handrail::app
