// A file of check-ins as JSON Lines: every row is taken wholly or named, and only lines that are one object are taken.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/result.h"
#include "base/text.h"
#include "content/check_in_mappings.h"
#include "content/check_ins.h"
#include "monitoring/check_in_import.h"

namespace {

std::string_view line_of(std::string_view text, std::size_t number)
{
    for (std::size_t line = 1; line < number; ++line)
        text.remove_prefix(std::min(text.find('\n') + 1, text.size()));
    return handrail::trimmed(text.substr(0, text.find('\n')));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    static const auto mappings = handrail::content::load_check_in_mappings(HANDRAIL_SOURCE_DIR "/content");
    static const auto form = handrail::content::load_check_in_form(HANDRAIL_SOURCE_DIR "/content", "daily");
    ensure(mappings.ok() && form.ok(), "the shipped content loads");
    static const auto now = *handrail::from_rfc3339("2026-03-02T21:00:00Z");

    // A first line that makes it a file of check-ins, so that what follows is read as one.
    const auto text = "{\"at\":\"2026-01-01T10:00:00Z\",\"mood\":3}\n" +
                      std::string{reinterpret_cast<const char*>(bytes), size};
    const auto read =
        handrail::monitoring::read_check_in_import(text, *mappings, *form, {now, std::chrono::minutes{0}});
    if (!read) {
        ensure(!read.error().told.empty(), "a refusal says why");
        return 0;
    }
    const auto& [preview, taken] = *read;
    ensure(preview.taken == taken.size() && preview.taken >= 1, "the preview tells what is taken");
    ensure(preview.taken + preview.without_answers + preview.problems.all() == preview.rows, "no row is lost or counted twice");
    for (const auto& each : taken) {
        boost::system::error_code fault;
        const auto line = line_of(text, each.line);
        const auto parsed = boost::json::parse({line.data(), line.size()}, fault);
        ensure(!fault && parsed.is_object(), "what is taken is one whole object");
        ensure(each.at <= now, "nothing from tomorrow");
        ensure(!each.mood || (*each.mood >= 1 && *each.mood <= 5), "no mood off the form's scale");
    }
    ensure(std::is_sorted(taken.begin(), taken.end(), [](const auto& a, const auto& b) { return a.at < b.at; }),
           "the oldest first");
    const auto shown = handrail::monitoring::preview_text(preview);
    ensure(handrail::valid_utf8(shown) && shown.find('\x1B') == std::string::npos, "the preview can be printed");
    return 0;
}
