// Every line that is not blank is answered by one line of JSON, in order, whatever stands in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include <boost/json.hpp>

#include "app/commands/json_lines.h"
#include "app/commands/json_text.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace handrail;
    const std::string lines(reinterpret_cast<const char*>(data), size);
    std::istringstream in(lines);
    std::ostringstream out;
    app::answer_json_lines(in, out, [](const boost::json::object& object) -> Result<std::string> {
        const auto text = app::text_member(object);
        if (!text)
            return text.error();
        return "\"text\":" + app::json_quoted(*text);
    });
    std::size_t asked = 0;
    bool first = true;
    std::istringstream again(lines);
    for (std::string line; std::getline(again, line); first = false) {
        if (first && line.starts_with("\xEF\xBB\xBF"))
            line.erase(0, 3);
        asked += trimmed(line).empty() ? 0U : 1U;
    }
    std::size_t answered = 0;
    std::istringstream answers(out.str());
    for (std::string line; std::getline(answers, line); ++answered)
        if (!boost::json::parse(line).is_object())
            std::abort();
    if (answered != asked)
        std::abort();
    return 0;
}
