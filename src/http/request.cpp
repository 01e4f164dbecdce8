#include "http/request.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace handrail::http
{
namespace
{

constexpr std::array<std::pair<Method, std::string_view>, 7> methods = {{
    {Method::Get, "GET"},
    {Method::Head, "HEAD"},
    {Method::Post, "POST"},
    {Method::Put, "PUT"},
    {Method::Patch, "PATCH"},
    {Method::Delete, "DELETE"},
    {Method::Options, "OPTIONS"},
}};

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool same_name(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* Headers::find(std::string_view name) const
{
    for (const auto& [held, value] : fields_)
        if (same_name(held, name))
            return &value;
    return nullptr;
}

std::string_view Headers::get(std::string_view name) const
{
    const auto* value = find(name);
    return value ? std::string_view(*value) : std::string_view();
}

void Headers::add(std::string name, std::string value)
{
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value)
{
    std::erase_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
    add(std::move(name), std::move(value));
}

std::string_view name(Method method)
{
    for (const auto& [known, text] : methods)
        if (known == method)
            return text;
    return "";
}

std::optional<Method> method_from(std::string_view name)
{
    for (const auto& [known, text] : methods)
        if (text == name)
            return known;
    return std::nullopt;
}

bool is_safe(Method method)
{
    return method == Method::Get || method == Method::Head || method == Method::Options;
}

bool percent_decoded(std::string_view text, bool plus_is_space, std::string& decoded)
{
    decoded.clear();
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return true;
}

Result<void> Request::read_target()
{
    auto path = std::string_view(target);
    path = path.substr(0, path.find('?'));
    if (path == "*" && method == Method::Options) {
        resource = "*";
        return {};
    }
    if (path.empty() || path.front() != '/')
        return invalid("The address must begin with \"/\".");
    if (!percent_decoded(path, false, resource) || resource.find('\0') != std::string::npos ||
        !valid_utf8(resource))
        return invalid("The address holds a broken escape: after decoding it must be UTF-8 without NUL.");
    return {};
}

const std::string& Request::path(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(path_values, [&](const auto& value) { return value.first == name; });
    ensure(found != path_values.end(), "a route asks only for names in its pattern");
    return found->second;
}

std::optional<std::string> Request::query(std::string_view name) const
{
    const auto mark = target.find('?');
    if (mark == std::string::npos)
        return std::nullopt;
    for (const auto part : split(std::string_view(target).substr(mark + 1), '&')) {
        const auto equals = part.find('=');
        std::string key, value;
        if (!percent_decoded(part.substr(0, equals), true, key) || key != name)
            continue;
        if (equals != std::string_view::npos &&
            (!percent_decoded(part.substr(equals + 1), true, value) || !valid_utf8(value)))
            return std::nullopt;
        return value;
    }
    return std::nullopt;
}

bool Request::query_flag(std::string_view name) const
{
    const auto value = query(name);
    return value && (value->empty() || *value == "1" || *value == "true");
}

Result<std::int64_t> Request::query_number(std::string_view name, std::int64_t otherwise, std::int64_t low,
                                           std::int64_t high) const
{
    const auto text = query(name);
    if (!text || text->empty())
        return otherwise;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < low || number > high)
        return invalid("\"" + std::string(name) + "\" must be a whole number from " + std::to_string(low) +
                           " to " + std::to_string(high) + ".",
                       "?" + std::string(name));
    return number;
}

std::string_view Request::cookie(std::string_view name) const
{
    for (const auto& [field, value] : headers) {
        if (!same_name(field, "Cookie"))
            continue;
        for (const auto part : split(value, ';')) {
            const auto pair = trimmed(part);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
                return pair.substr(name.size() + 1);
        }
    }
    return {};
}

std::vector<std::string> Request::languages() const
{
    std::vector<std::pair<double, std::string>> asked;
    for (const auto part : split(headers.get("Accept-Language"), ',')) {
        const auto pieces = split(part, ';');
        double weight = 1;
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            const auto piece = trimmed(pieces[i]);
            if (piece.starts_with("q="))
                std::from_chars(piece.data() + 2, piece.data() + piece.size(), weight);
        }
        auto tag = lower_ascii(trimmed(pieces[0]));
        if (!tag.empty() && tag != "*" && tag.size() <= 35 && weight > 0 && asked.size() < 20)
            asked.emplace_back(weight, std::move(tag));
    }
    std::ranges::stable_sort(asked, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> out;
    out.reserve(asked.size());
    for (auto& [weight, tag] : asked)
        out.push_back(std::move(tag));
    return out;
}

} // namespace handrail::http
