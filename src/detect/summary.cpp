#include "detect/summary.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "detect/label_sets.h"
#include "detect/shelf.h"

namespace handrail::detect {

namespace {

namespace json = boost::json;

std::string decimals(const json::value& value)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.3f", value.to_number<double>());
    return out;
}

/// What the set is judged by: one figure, or the two of a pair.
std::size_t judged_by(Measure measure)
{
    return measure == Measure::RiskAuroc || measure == Measure::IntentAccuracy || measure == Measure::FewFalseAlarms
               ? 2
               : 1;
}

std::string lines_of(const LabelSet& set, const json::object& evaluation)
{
    std::string out;
    const auto& figures = evaluation.at("figures").as_array();
    const auto* rival = evaluation.if_contains("rival");
    for (std::size_t at = 0; at < std::min(judged_by(set.measure), figures.size()); ++at) {
        const auto& figure = figures[at].as_object();
        out += at == 0 ? "| `" + std::string(set.name) + "` | " + std::string(set.corpus) + " | " +
                             std::to_string(evaluation.at("texts").to_number<std::uint64_t>()) + " | "
                       : "| | | | ";
        out += std::string(figure.at("name").as_string()) + " | " + decimals(figure.at("value")) + " (" +
               decimals(figure.at("low")) + " to " + decimals(figure.at("high")) + ") | ";
        out +=
            (rival == nullptr ? "not compared"
                              : decimals(rival->as_object().at("figures").as_array().at(at).as_object().at("value"))) +
            " | ";
        out += at == 0
                   ? decimals(evaluation.at("answered")) + " → " + decimals(evaluation.at("answered_accuracy")) + " | "
                   : "| ";
        out += at == 0 ? decimals(evaluation.at("calibration_error")) + " |\n" : "|\n";
    }
    return out;
}

} // namespace

Result<std::string> summary(const std::filesystem::path& models)
{
    std::string lines;
    for (const auto& set : label_sets())
        for (const auto& folder : {models, models / "research"}) {
            const auto file = model_path(folder, std::string(set.name)).parent_path() / "evaluation.json";
            std::ifstream in(file);
            if (!in)
                continue;
            std::ostringstream text;
            text << in.rdbuf();
            try {
                lines += lines_of(set, json::parse(text.str()).as_object());
            } catch (const std::exception&) { // of the JSON library: not JSON, or not an evaluation
                return invalid(file.string() + " is not an evaluation. Make it anew with handrail evaluate.");
            }
            break;
        }
    if (lines.empty())
        return not_found("There is no evaluation.json in " + models.string() + ". Make it with handrail train.");
    return "| label set | corpus | texts | measure | value (95 % interval) | fastText | answered → right | calibration "
           "error "
           "|\n| --- | --- | ---: | --- | --- | ---: | --- | ---: |\n" +
           lines;
}

} // namespace handrail::detect
