#include "rows/value.h"

#include <algorithm>

namespace handrail::rows {

std::int64_t Value::number() const
{
    if (null())
        return 0;
    const auto* number = std::get_if<std::int64_t>(&held_);
    ensure(number != nullptr, "a number was read from a column that holds none");
    return *number;
}

const std::string& Value::text() const
{
    static const std::string none;
    if (null())
        return none;
    const auto* text = std::get_if<std::string>(&held_);
    ensure(text != nullptr, "text was read from a column that holds none");
    return *text;
}

const Blob& Value::blob() const
{
    static const Blob none;
    if (null())
        return none;
    const auto* blob = std::get_if<Blob>(&held_);
    ensure(blob != nullptr, "bytes were read from a column that holds none");
    return *blob;
}

RawId Value::raw_id() const
{
    RawId id;
    if (null())
        return id;
    const auto& bytes = blob().bytes;
    ensure(bytes.size() == id.bytes.size(), "an id was read from a column that holds none");
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(id.bytes.data()));
    return id;
}

} // namespace handrail::rows
