#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace handrail {

/// What goes into a sealed value: named texts in order, each with its length, so that any bytes may stand in it and a
/// reader of tomorrow can skip names it does not know. A name may stand more than once (a list).
class Fields {
public:
    Fields() = default;
    Fields(std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

    Fields& add(std::string_view name, std::string_view text);
    Fields& add(std::string_view name, std::int64_t number) { return add(name, std::to_string(number)); }
    Fields& add(std::string_view name, const Fields& inner) { return add(name, inner.encoded()); }

    /// The first value under a name; "" when there is none.
    const std::string& text(std::string_view name) const;
    std::int64_t number(std::string_view name) const; ///< 0 when absent or not a number
    bool has(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    std::vector<Fields> inner(std::string_view name) const; ///< those that decode
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

    std::string encoded() const;
    static Result<Fields> decoded(std::string_view bytes);

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

} // namespace handrail
