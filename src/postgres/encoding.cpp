#include "postgres/encoding.h"

#include <limits>
#include <stdexcept>

#include <libpq-fe.h>

namespace handrail::postgres {

namespace {

std::string big_endian(std::int64_t number, int bytes)
{
    std::string out(static_cast<std::size_t>(bytes), '\0');
    for (int at = 0; at < bytes; ++at)
        out[static_cast<std::size_t>(at)] =
            static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * (bytes - 1 - at)));
    return out;
}

/// A two's complement number of `bytes` bytes.
std::int64_t number_at(const char* text, int bytes)
{
    std::uint64_t number = (static_cast<unsigned char>(text[0]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (int at = 0; at < bytes; ++at)
        number = (number << 8) | static_cast<unsigned char>(text[at]);
    return static_cast<std::int64_t>(number);
}

[[noreturn]] void wrong(std::string_view statement, const std::string& what)
{
    throw std::logic_error(std::string(statement) + ": " + what);
}

template <class Narrow> bool fits(std::int64_t number)
{
    return number >= std::numeric_limits<Narrow>::min() && number <= std::numeric_limits<Narrow>::max();
}

/// sum() of whole numbers is a numeric: digits to base 10,000, the first worth 10,000 to the power of `weight`.
std::int64_t whole_numeric(const char* bytes, std::string_view statement)
{
    const auto digits = number_at(bytes, 2);
    const auto weight = number_at(bytes + 2, 2);
    const bool negative = number_at(bytes + 4, 2) == 0x4000;
    if (digits > weight + 1 || weight > 4)
        wrong(statement, "gave a fraction or a number past 64 bits");
    std::int64_t number = 0;
    for (std::int64_t at = 0; at <= weight && digits > 0; ++at) {
        const auto digit = at < digits ? number_at(bytes + 8 + 2 * at, 2) : 0;
        if (__builtin_mul_overflow(number, std::int64_t{10000}, &number) ||
            __builtin_add_overflow(number, negative ? -digit : digit, &number))
            wrong(statement, "gave a number past 64 bits");
    }
    return number;
}

rows::Value value_from(const PGresult* result, int row, int column, std::string_view statement)
{
    if (PQgetisnull(result, row, column) != 0)
        return {};
    const char* bytes = PQgetvalue(result, row, column);
    const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
    switch (static_cast<Type>(PQftype(result, column))) {
    case Type::Bytes:
        return rows::Blob{std::string(bytes, size)};
    case Type::Text:
    case Type::Varchar:
    case Type::Name:
        return std::string(bytes, size);
    case Type::Integer8:
    case Type::Integer4:
    case Type::Integer2:
        return number_at(bytes, static_cast<int>(size));
    case Type::Boolean:
        return bytes[0] != 0;
    case Type::Numeric:
        return whole_numeric(bytes, statement);
    case Type::Unknown:
        break;
    }
    wrong(statement, "gave a type that the store does not keep: whole numbers, text and bytes only");
}

} // namespace

Type type_of(const rows::Value& value)
{
    if (std::holds_alternative<std::int64_t>(value.held()))
        return Type::Integer8;
    if (std::holds_alternative<std::string>(value.held()))
        return Type::Text;
    if (std::holds_alternative<rows::Blob>(value.held()))
        return Type::Bytes;
    return Type::Unknown;
}

Parameters::Parameters(std::string_view statement, const std::vector<Type>& types, std::string_view organisation,
                       rows::Values values)
{
    numbers_.reserve(types.size()); // pointers into it stay good
    const auto add = [&](const char* pointer, std::size_t length) {
        pointers_.push_back(pointer);
        lengths_.push_back(static_cast<int>(length));
        formats_.push_back(1);
    };
    const auto add_number = [&](std::int64_t number, int bytes) {
        numbers_.push_back(big_endian(number, bytes));
        add(numbers_.back().data(), numbers_.back().size());
    };
    add(organisation.data(), organisation.size());
    for (std::size_t at = 0; at < values.size(); ++at) {
        const auto& held = values[at].held();
        const auto type = types.at(at + 1);
        if (values[at].null()) {
            add(nullptr, 0);
        } else if (const auto* number = std::get_if<std::int64_t>(&held)) {
            if (type == Type::Integer8)
                add_number(*number, 8);
            else if (type == Type::Integer4 && fits<std::int32_t>(*number))
                add_number(*number, 4);
            else if (type == Type::Integer2 && fits<std::int16_t>(*number))
                add_number(*number, 2);
            else if (type == Type::Boolean)
                add_number(*number != 0 ? 1 : 0, 1);
            else
                wrong(statement, "$" + std::to_string(at + 2) + " is given a number");
        } else if (const auto* text = std::get_if<std::string>(&held)) {
            if (type != Type::Text && type != Type::Varchar && type != Type::Name)
                wrong(statement, "$" + std::to_string(at + 2) + " is given text");
            add(text->data(), text->size());
        } else {
            if (type != Type::Bytes)
                wrong(statement, "$" + std::to_string(at + 2) + " is given bytes");
            const auto& bytes = std::get<rows::Blob>(held).bytes;
            add(bytes.data(), bytes.size());
        }
    }
}

rows::Rows rows_from(const PGresult* result, std::string_view statement)
{
    const int count = PQntuples(result);
    const int columns = PQnfields(result);
    rows::Rows rows;
    rows.reserve(static_cast<std::size_t>(count));
    for (int row = 0; row < count; ++row) {
        auto& out = rows.emplace_back();
        out.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column)
            out.push_back(value_from(result, row, column, statement));
    }
    return rows;
}

} // namespace handrail::postgres
