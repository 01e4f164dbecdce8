#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace handrail::http
{

/// Header fields in the order they came. Names are compared without regard to case.
class Headers
{
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

    /// The first value under a name, or nullptr.
    const std::string* find(std::string_view name) const;
    /// The first value under a name; "" when there is none.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }
    void add(std::string name, std::string value); ///< keeps those already there (Set-Cookie)
    void set(std::string name, std::string value); ///< replaces those already there
    void clear() { fields_.clear(); }

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

bool same_name(std::string_view a, std::string_view b); ///< ASCII letters without regard to case

} // namespace handrail::http
