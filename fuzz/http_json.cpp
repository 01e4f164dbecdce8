// Request bodies, as they come from outside: any bytes may stand in them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "http/json_body.h"
#include "http/problem.h"

namespace
{

using handrail::ensure;
using handrail::http::Body;

void read_all(Body& body, int depth)
{
    for (const auto& name : body.names()) {
        const auto text = body.optional_text(name, 50);
        ensure(!text || handrail::valid_utf8(*text), "a text that is handed out is valid UTF-8");
        ensure(!text || handrail::code_points(*text) <= 50,
               "a text that is handed out is no longer than asked");
        const auto number = body.optional_number(name, -5, 5);
        ensure(!number || (*number >= -5 && *number <= 5), "a number that is handed out is in its range");
        body.flag_or(name, false);
        body.real(name, 0, 1);
        body.optional_instant(name);
        body.optional_id<handrail::AlertId>(name);
        body.one_of(name, {"a", "b"});
        body.texts(name, 5, 5);
        body.raw(name);
        if (depth < 40) {
            if (auto inner = body.optional_object(name))
                read_all(*inner, depth + 1);
            for (auto& each : body.list(name, 5))
                read_all(each, depth + 1);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    auto body = Body::parsed({reinterpret_cast<const char*>(bytes), size});
    if (!body) {
        ensure(!body.error().told.empty(), "a refusal says why");
        return 0;
    }
    read_all(*body, 0);
    if (const auto checked = body->checked(); !checked) {
        const auto told = handrail::http::problem(checked.error());
        ensure(Body::parsed(told.body).ok(), "a problem document is JSON, whatever it is about");
    }
    return 0;
}
