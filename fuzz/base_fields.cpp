// What is sealed comes back as these bytes; a damaged row must be told from a sound one, and never read past its end.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    using handrail::Fields;
    const auto read = Fields::decoded({reinterpret_cast<const char*>(bytes), size});
    if (!read)
        return 0;
    const auto again = Fields::decoded(read->encoded());
    ensure(again.ok() && again->all() == read->all(), "what was read is written as it was");
    for (const auto& [name, text] : read->all()) {
        ensure(read->has(name) && !read->texts(name).empty(), "a field is found under its name");
        read->number(name);
        read->inner(name);
    }
    return 0;
}
