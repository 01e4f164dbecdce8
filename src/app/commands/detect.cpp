#include "app/commands/detect.h"

#include <istream>
#include <ostream>

#include <boost/json.hpp>

#include "app/commands/json_text.h"
#include "app/commands/written_id.h"
#include "base/result.h"
#include "base/text.h"
#include "detect/label_sets.h"
#include "detect/shelf.h"

namespace handrail::app {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 4U << 20U;

struct Line {
    std::string id = "null";
    std::string text;
};

Result<void> read(const std::string& written, Line& line)
{
    if (!valid_utf8(written))
        return invalid("the line is not valid UTF-8");
    json::error_code failed;
    const auto value = json::parse(written, failed);
    if (failed)
        return invalid("the line is not valid JSON: " + failed.message());
    const auto* object = value.if_object();
    if (object == nullptr)
        return invalid("the line must be a JSON object");
    line.id = written_id(written);
    const auto* text = object->if_contains("text");
    if (text == nullptr)
        return invalid("\"text\" is missing");
    if (!text->is_string())
        return invalid("\"text\" must be a string");
    line.text = std::string(text->as_string());
    if (line.text.size() > longest_text)
        return invalid("\"text\" is longer than 4 MiB");
    return {};
}

std::string members(const detect::Shelved& shelved, const detect::LabelSet& set, const std::string& text)
{
    const auto& model = shelved.model;
    const auto said = model.detect(text, shelved.encoder);
    auto out = "\"label\":" + json_quoted(model.labels[said.answer.first]);
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
    bool all_read = true;
    std::string written;
    for (std::size_t number = 1; std::getline(in, written); ++number) {
        if (number == 1 && written.starts_with("\xEF\xBB\xBF"))
            written.erase(0, 3);
        if (trimmed(written).empty())
            continue;
        Line line;
        if (const auto done = read(written, line); !done) {
            all_read = false;
            out << json_error_line(line.id, number, done.error().told) << '\n' << std::flush;
            continue;
        }
        out << "{\"id\":" << line.id << ',' << members(*shelved, *set, line.text) << "}\n" << std::flush;
    }
    return all_read ? 0 : 1;
}

} // namespace handrail::app
