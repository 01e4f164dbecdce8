#include "app/commands/detect.h"

#include <ostream>

#include "app/commands/json_lines.h"
#include "app/commands/json_text.h"
#include "detect/label_sets.h"
#include "detect/shelf.h"

namespace handrail::app {

namespace {

std::string members(const detect::Shelved& shelved, const detect::LabelSet& set, const std::string& text)
{
    const auto& model = shelved.model;
    const auto said = model.detect(text, shelved.encoder);
    const auto named = set.kind == detect::Kind::OneOf ? said.answer.labels.front() : said.answer.first;
    auto out = "\"label\":" + json_quoted(model.labels[named]);
    if (set.kind != detect::Kind::OneOf) {
        out += ",\"labels\":[";
        for (std::size_t at = 0; at < said.answer.labels.size(); ++at)
            out += (at > 0 ? "," : "") + json_quoted(model.labels[said.answer.labels[at]]);
        out += "]";
    }
    out += ",\"probabilities\":{";
    for (std::size_t k = 0; k < model.labels.size(); ++k)
        out += (k > 0 ? "," : "") + json_quoted(model.labels[k]) + ":" + json_number(said.probabilities[k]);
    out += std::string("},\"abstain\":") + (said.abstain ? "true" : "false");
    out += ",\"versions\":{\"handrail\":" + json_quoted(HANDRAIL_VERSION) +
           ",\"model\":" + json_quoted(model.checksum) + ",\"encoder\":" + json_quoted(shelved.encoder.checksum) + "}";
    return out;
}

} // namespace

int detect(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& models,
           const std::string& name)
{
    const auto* set = detect::find_label_set(name);
    if (set == nullptr) {
        err << "handrail detect: there is no label set " << name << "\n";
        return 2;
    }
    const auto shelved = detect::take_model(models, *set);
    if (!shelved) {
        err << "handrail detect: " << shelved.error().told << "\n";
        return 2;
    }
    if (shelved->research)
        err << "handrail detect: the model of " << name << " is for research use only: it was learnt from "
            << set->corpus << " (" << set->terms << ").\n";
    return answer_json_lines(in, out, [&](const boost::json::object& object) -> Result<std::string> {
        return members(*shelved, *set, TRY(text_member(object)));
    });
}

} // namespace handrail::app
