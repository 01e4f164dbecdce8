// Lines of comma-separated text and the numbers in them, from files that anybody may have made.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "monitoring/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using namespace handrail::monitoring;
    using handrail::ensure;
    const std::string_view line(reinterpret_cast<const char*>(bytes), size);
    const auto fields = csv_fields(line);
    if (!fields)
        return 0;
    ensure(!fields->empty(), "a line has at least one field");
    std::string quoted;
    for (const auto& field : *fields) {
        const auto number = decimal_number(field);
        ensure(!number || std::isfinite(*number), "a number is a number");
        quoted += quoted.empty() && &field == &fields->front() ? "\"" : ",\"";
        for (const char c : field)
            quoted += c == '"' ? "\"\"" : std::string(1, c);
        quoted += '"';
    }
    ensure(csv_fields(quoted) == fields, "fields written in quotes are read as they were");
    return 0;
}
