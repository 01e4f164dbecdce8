#include "app/commands/measured_screener.h"

#include <ostream>

namespace handrail::app {

std::optional<nlp::Screener> measured_screener(const std::filesystem::path& content,
                                               std::shared_ptr<const nlp::SecondReader> second, std::ostream& err)
{
    auto screener = nlp::Screener::load(content);
    if (!screener) {
        err << "handrail evaluate: " << screener.error().told << "\n";
        return std::nullopt;
    }
    screener->use(std::move(second));
    return std::move(*screener);
}

std::string what_was_measured(const nlp::Screener& screener)
{
    const auto versions = screener.versions();
    return "rules " + versions.at("rules") +
           (screener.has_second_reader() ? ", model " + versions.at("model") : ", no model");
}

} // namespace handrail::app
