#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"

/// What a store is asked and what it answers: statements, values and rows. Values only; nothing here can open a store.
namespace handrail::rows {

/// Bytes as they are: ids, sealed words, hashes.
struct Blob {
    std::string bytes;
    bool operator==(const Blob&) const = default;
};

/// One column of one row. Instants are microseconds since 1970 in UTC; booleans are 0 and 1.
class Value {
public:
    Value() = default; ///< NULL
    Value(std::nullptr_t) {}
    Value(std::int64_t number) : held_(number) {}
    Value(int number) : held_(std::int64_t{number}) {}
    Value(bool flag) : held_(std::int64_t{flag ? 1 : 0}) {}
    Value(Instant at) : held_(to_stored(at)) {}
    Value(std::string text) : held_(std::move(text)) {}
    Value(std::string_view text) : held_(std::string(text)) {}
    Value(const char* text) : held_(std::string(text)) {}
    Value(Blob blob) : held_(std::move(blob)) {}
    Value(const RawId& id) : held_(Blob{std::string(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size())})
    {
    }

    bool null() const { return std::holds_alternative<std::monostate>(held_); }
    const std::variant<std::monostate, std::int64_t, std::string, Blob>& held() const { return held_; }

    /// These throw (a bug) when the column holds another kind; NULL gives zero, "" or an empty id.
    std::int64_t number() const;
    bool flag() const { return number() != 0; }
    Instant instant() const { return from_stored(number()); }
    const std::string& text() const;
    const Blob& blob() const;
    RawId raw_id() const;
    template <class T>
    T id() const
    {
        return T{raw_id()};
    }
    bool operator==(const Value&) const = default;

private:
    std::variant<std::monostate, std::int64_t, std::string, Blob> held_;
};

/// SQL that both backends run as it stands, written beside the noun it serves, as a constant.
/// $1 is always the organisation and is bound by the transaction; the caller's values follow from $2 on.
/// Placeholders appear for the first time in numeric order.
struct Statement {
    std::string_view name; ///< for logs and prepared-statement caches; unique
    std::string_view sql;
};

using Row = std::vector<Value>;
using Rows = std::vector<Row>;
using Values = std::span<const Value>;

} // namespace handrail::rows
