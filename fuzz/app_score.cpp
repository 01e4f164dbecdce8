// `handrail score`: one line of any bytes in, one line of JSON out.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/json.hpp>

#include "app/commands/score.h"
#include "base/result.h"
#include "content/instruments.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    static const auto instruments = handrail::content::Instruments::load(HANDRAIL_SOURCE_DIR "/content");
    ensure(instruments.ok(), "the shipped content loads");
    const auto answer =
        handrail::app::score_line(*instruments, "phq-9", {reinterpret_cast<const char*>(bytes), size}, 1);
    ensure(answer.text.find('\n') == std::string::npos, "one line in, one line out");
    boost::json::error_code failed;
    const auto parsed = boost::json::parse(answer.text, failed);
    ensure(!failed && parsed.is_object() && parsed.get_object().contains("id"), "an answer is JSON with an id");
    ensure(answer.read != parsed.get_object().contains("error"), "a line that was not read says why");
    return 0;
}
