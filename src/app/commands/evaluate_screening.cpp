#include "app/commands/evaluate_screening.h"

#include <ostream>
#include <string>

#include "nlp/authored.h"
#include "nlp/screener.h"

namespace handrail::app {

int evaluate_screening(const std::vector<std::filesystem::path>& files, const std::filesystem::path& content, bool show,
                       std::ostream& out, std::ostream& err, std::shared_ptr<const nlp::SecondReader> second)
{
    auto screener = nlp::Screener::load(content);
    if (!screener) {
        err << "handrail evaluate: " << screener.error().told << "\n";
        return 2;
    }
    screener->use(std::move(second));
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
    out << count << " authored messages (not clinical) of " << names << ", rules " << screener->versions().at("rules")
        << (screener->has_second_reader() ? ", model " + screener->versions().at("model") : ", no model") << ".\n\n"
        << measure.told() << std::flush;
    return 0;
}

} // namespace handrail::app
