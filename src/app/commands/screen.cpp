#include "app/commands/screen.h"

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "app/commands/finding_json.h"
#include "app/commands/written_id.h"
#include "base/result.h"
#include "base/text.h"
#include "nlp/screener.h"

namespace handrail::app {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 4U << 20U;

struct Line {
    std::string id = "null";
    std::string text;
    std::string lang;
    std::vector<std::string> context;
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
    if (const auto* lang = object->if_contains("lang"); lang != nullptr && !lang->is_null()) {
        if (!lang->is_string())
            return invalid("\"lang\" must be a string");
        line.lang = std::string(lang->as_string());
    }
    if (const auto* context = object->if_contains("context"); context != nullptr && !context->is_null()) {
        if (!context->is_array())
            return invalid("\"context\" must be an array of strings");
        for (const auto& message : context->as_array()) {
            if (!message.is_string())
                return invalid("\"context\" must be an array of strings");
            line.context.emplace_back(message.as_string());
        }
    }
    return {};
}

std::string serialized(std::string_view text)
{
    return json::serialize(json::string(text));
}

} // namespace

int screen(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content)
{
    const auto screener = nlp::Screener::load(content);
    if (!screener) {
        err << "handrail screen: the rules could not be loaded\n" << screener.error().told << "\n";
        return 2;
    }
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
            out << "{\"id\":" << line.id << ",\"line\":" << number << ",\"error\":" << serialized(done.error().told)
                << "}\n"
                << std::flush;
            continue;
        }
        const auto finding = screener->screen(line.text, line.context, line.lang);
        out << "{\"id\":" << line.id << ',' << finding_members(finding, {true, serialized}) << "}\n" << std::flush;
    }
    return all_read ? 0 : 1;
}

} // namespace handrail::app
