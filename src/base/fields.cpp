#include "base/fields.h"

#include <charconv>

namespace handrail {

namespace {

constexpr char format = 1;

void put_length(std::string& out, std::size_t length)
{
    while (length >= 0x80U) {
        out.push_back(static_cast<char>((length & 0x7FU) | 0x80U));
        length >>= 7;
    }
    out.push_back(static_cast<char>(length));
}

std::optional<std::string_view> take(std::string_view& bytes)
{
    std::size_t length = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (bytes.empty())
            return std::nullopt;
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        length |= static_cast<std::size_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) {
            if (length > bytes.size())
                return std::nullopt;
            const auto taken = bytes.substr(0, length);
            bytes.remove_prefix(length);
            return taken;
        }
    }
    return std::nullopt;
}

} // namespace

Fields::Fields(std::initializer_list<std::pair<std::string_view, std::string_view>> fields)
{
    for (const auto& [name, text] : fields)
        add(name, text);
}

Fields& Fields::add(std::string_view name, std::string_view text)
{
    fields_.emplace_back(name, text);
    return *this;
}

const std::string& Fields::text(std::string_view name) const
{
    static const std::string none;
    for (const auto& [each, text] : fields_)
        if (each == name)
            return text;
    return none;
}

std::int64_t Fields::number(std::string_view name) const
{
    const auto& written = text(name);
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(written.data(), written.data() + written.size(), value);
    return problem == std::errc{} && end == written.data() + written.size() ? value : 0;
}

bool Fields::has(std::string_view name) const
{
    for (const auto& field : fields_)
        if (field.first == name)
            return true;
    return false;
}

std::vector<std::string> Fields::texts(std::string_view name) const
{
    std::vector<std::string> found;
    for (const auto& [each, text] : fields_)
        if (each == name)
            found.push_back(text);
    return found;
}

std::vector<Fields> Fields::inner(std::string_view name) const
{
    std::vector<Fields> found;
    for (const auto& [each, text] : fields_)
        if (each == name)
            if (auto inner = decoded(text))
                found.push_back(std::move(*inner));
    return found;
}

std::string Fields::encoded() const
{
    std::string out(1, format);
    for (const auto& [name, text] : fields_) {
        put_length(out, name.size());
        out += name;
        put_length(out, text.size());
        out += text;
    }
    return out;
}

Result<Fields> Fields::decoded(std::string_view bytes)
{
    const Error damaged{ErrorKind::Unavailable, "Something that was kept cannot be read.", "fields: damaged", {}};
    if (bytes.empty() || bytes.front() != format)
        return damaged;
    bytes.remove_prefix(1);
    Fields fields;
    while (!bytes.empty()) {
        const auto name = take(bytes);
        if (!name)
            return damaged;
        const auto text = take(bytes);
        if (!text)
            return damaged;
        fields.add(*name, *text);
    }
    return fields;
}

} // namespace handrail
