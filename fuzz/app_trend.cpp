// `handrail trend`, from lines to events. It knows no tomorrow: what a file says is said again by a longer one.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "app/commands/trend.h"
#include "base/result.h"
#include "base/text.h"
#include "content/instruments.h"
#include "content/trend_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    static const auto protocol = handrail::content::load_trend_protocol(HANDRAIL_SOURCE_DIR "/content");
    static const auto instruments = handrail::content::Instruments::load(HANDRAIL_SOURCE_DIR "/content");
    ensure(protocol.ok() && instruments.ok(), "the shipped content loads");
    static const auto reliable = handrail::app::reliable_changes(*instruments);

    std::istringstream in(std::string(reinterpret_cast<const char*>(bytes), size));
    const auto read = handrail::app::read_trend_rows(*instruments, in);
    for (const auto& problem : read.problems)
        ensure(problem.line > 0 && !problem.told.empty(), "a problem names its line and says what is wrong");
    handrail::monitoring::Trends trends(*protocol, reliable);
    for (std::size_t i = 0; i < read.rows.size(); ++i) {
        const auto row = read.row(i);
        for (const auto& event : trends.take(row)) {
            ensure(event.at == row.at && event.person == row.person, "an event is of the row that made it known");
            ensure(handrail::valid_utf8(handrail::app::trend_json(event)), "an event is a line of UTF-8");
        }
    }
    return 0;
}
