#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "http/request.h"

namespace handrail::http
{

/// Reads the fields of a JSON object and remembers everything that is wrong with it, so that all of it can be
/// told at once. A field that cannot be read gives an empty value; read_body() then never hands the value
/// out.
///
/// Fields nobody asks for are ignored. Texts are checked for length in code points and hold no NUL. Numbers
/// are whole unless `real` is asked for. Boost.JSON stays behind this header.
class Body
{
public:
    enum class Kind { Absent, Null, Text, Number, Flag, List, Object };

    /// Parses a body. Invalid (400, with line and column) when it is not valid UTF-8 or JSON, is nested
    /// deeper than 32, or is not an object.
    static Result<Body> parsed(std::string_view json);

    std::string text(std::string_view name, std::size_t longest, std::size_t shortest = 1);
    std::optional<std::string> optional_text(std::string_view name, std::size_t longest);
    std::string text_or(std::string_view name, std::size_t longest, std::string otherwise);
    std::string one_of(std::string_view name, std::initializer_list<std::string_view> choices);
    std::optional<std::string> optional_one_of(std::string_view name,
                                               std::initializer_list<std::string_view> choices);
    std::int64_t number(std::string_view name, std::int64_t low, std::int64_t high);
    std::optional<std::int64_t> optional_number(std::string_view name, std::int64_t low, std::int64_t high);
    std::vector<std::int64_t> numbers(std::string_view name, std::size_t most, std::int64_t low,
                                      std::int64_t high); ///< whole ones; absent: empty
    double real(std::string_view name, double low, double high);
    bool flag(std::string_view name);
    bool flag_or(std::string_view name, bool otherwise);
    std::optional<bool> optional_flag(std::string_view name);
    Instant instant(std::string_view name);
    std::optional<Instant> optional_instant(std::string_view name);
    std::vector<std::string> texts(std::string_view name, std::size_t most,
                                   std::size_t longest);             ///< absent: empty
    std::vector<Body> list(std::string_view name, std::size_t most); ///< absent: empty
    Body object(std::string_view name);
    std::optional<Body> optional_object(std::string_view name);

    template <class AnyId> AnyId id(std::string_view name)
    {
        return id_from<AnyId>(name, text(name, 26, 26));
    }
    template <class AnyId> std::optional<AnyId> optional_id(std::string_view name)
    {
        const auto written = optional_text(name, 26);
        if (!written)
            return std::nullopt;
        return id_from<AnyId>(name, *written);
    }
    template <class AnyId> std::vector<AnyId> ids(std::string_view name, std::size_t most)
    {
        std::vector<AnyId> out;
        for (const auto& written : texts(name, most, 26))
            out.push_back(id_from<AnyId>(name, written));
        return out;
    }

    /// For objects whose names are not known before, such as answers by item.
    Kind kind(std::string_view name) const;
    bool has(std::string_view name) const { return kind(name) != Kind::Absent; }
    std::vector<std::string> names() const;
    std::size_t size() const;
    /// The value as JSON text again; "" when absent.
    std::string raw(std::string_view name) const;

    /// Says that a field is wrong for a reason of the caller's own; name "" is the object itself.
    void refuse(std::string_view name, std::string told);
    /// What is wrong so far, all at once. Ok when nothing is.
    Result<void> checked() const;

private:
    struct Document;
    Body(std::shared_ptr<Document> document, const void* object, std::string pointer)
        : document_(std::move(document)), object_(object), pointer_(std::move(pointer))
    {
    }
    template <class AnyId> AnyId id_from(std::string_view name, const std::string& written)
    {
        auto read = AnyId::from(written);
        if (!read) {
            if (!written.empty())
                refuse(name, "This is not an id.");
            return AnyId{};
        }
        return *read;
    }
    std::string pointer_to(std::string_view name) const;

    std::shared_ptr<Document> document_;
    const void* object_ = nullptr; ///< a boost::json::object inside the document; nullptr: an empty one
    std::string pointer_;
};

/// Checks the Content-Type and parses. An empty body is read as {}. Prefer read_body().
Result<Body> body_of(const Request& request);

/// Reads a body through `read`, and gives its value only when nothing was wrong:
///
///     const auto note = TRY(read_body(request, [](Body& body) { return body.text("note", 2000); }));
template <class Read>
auto read_body(const Request& request, Read read) -> Result<decltype(read(std::declval<Body&>()))>
{
    auto body = body_of(request);
    if (!body)
        return body.error();
    auto value = read(*body);
    if (auto checked = body->checked(); !checked)
        return checked.error();
    return value;
}

} // namespace handrail::http
