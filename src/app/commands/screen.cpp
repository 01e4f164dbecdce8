#include "app/commands/screen.h"

#include <ostream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "app/commands/finding_json.h"
#include "app/commands/json_lines.h"
#include "nlp/screener.h"

namespace handrail::app {

namespace {

namespace json = boost::json;

struct Line {
    std::string text;
    std::string lang;
    std::vector<std::string> context;
};

Result<Line> read(const json::object& object)
{
    Line line;
    line.text = TRY(text_member(object));
    if (const auto* lang = object.if_contains("lang"); lang != nullptr && !lang->is_null()) {
        if (!lang->is_string())
            return invalid("\"lang\" must be a string");
        line.lang = std::string(lang->as_string());
    }
    if (const auto* context = object.if_contains("context"); context != nullptr && !context->is_null()) {
        if (!context->is_array())
            return invalid("\"context\" must be an array of strings");
        for (const auto& message : context->as_array()) {
            if (!message.is_string())
                return invalid("\"context\" must be an array of strings");
            line.context.emplace_back(message.as_string());
        }
    }
    return line;
}

std::string serialized(std::string_view text)
{
    return json::serialize(json::string(text));
}

} // namespace

int screen(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content,
           std::shared_ptr<const nlp::SecondReader> second)
{
    auto screener = nlp::Screener::load(content);
    if (!screener) {
        err << "handrail screen: the rules could not be loaded\n" << screener.error().told << "\n";
        return 2;
    }
    screener->use(std::move(second));
    return answer_json_lines(in, out, [&](const json::object& object) -> Result<std::string> {
        const auto line = TRY(read(object));
        return finding_members(screener->screen(line.text, line.context, line.lang), {true, serialized});
    });
}

} // namespace handrail::app
