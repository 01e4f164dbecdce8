// A file of check-ins from elsewhere: every row is taken wholly or named, and nothing that is taken is out of range.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "content/check_in_mappings.h"
#include "content/check_ins.h"
#include "monitoring/check_in_import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    static const auto mappings = handrail::content::load_check_in_mappings(HANDRAIL_SOURCE_DIR "/content");
    static const auto form = handrail::content::load_check_in_form(HANDRAIL_SOURCE_DIR "/content", "daily");
    ensure(mappings.ok() && form.ok(), "the shipped content loads");
    static const auto now = *handrail::from_rfc3339("2026-03-02T21:00:00Z");

    const auto read = handrail::monitoring::read_check_in_import({reinterpret_cast<const char*>(bytes), size},
                                                                 *mappings, *form, {now, std::chrono::minutes{60}});
    if (!read) {
        ensure(!read.error().told.empty(), "a refusal says why");
        return 0;
    }
    const auto& [preview, taken] = *read;
    ensure(preview.taken == taken.size(), "the preview tells what is taken");
    ensure(preview.taken + preview.without_answers + preview.problems.all() >= preview.rows, "no row is lost unnamed");
    for (const auto& each : taken)
        ensure(each.at <= now && each.line > 0, "nothing from tomorrow, and everything from a line");
    ensure(std::is_sorted(taken.begin(), taken.end(), [](const auto& a, const auto& b) { return a.at < b.at; }),
           "the oldest first");
    const auto shown = handrail::monitoring::preview_text(preview);
    ensure(handrail::valid_utf8(shown) && shown.find('\x1B') == std::string::npos, "the preview can be printed");
    return 0;
}
