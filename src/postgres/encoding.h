#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rows/value.h"

struct pg_result;

/// Values as PostgreSQL's binary protocol writes them.
namespace handrail::postgres {

/// PostgreSQL's numbers for the types that occur. 0 leaves it to the server to find out.
enum class Type : unsigned {
    Unknown = 0,
    Boolean = 16,
    Bytes = 17,
    Name = 19,
    Integer8 = 20,
    Integer2 = 21,
    Integer4 = 23,
    Text = 25,
    Varchar = 1043,
    Numeric = 1700,
};

/// The type to announce for a value; Unknown for NULL.
Type type_of(const rows::Value& value);

/// Parameters of one statement, laid out as libpq wants them. Points into the values it was made from.
class Parameters {
public:
    /// @param types What the server expects, $1 first. Throws when a value is of another kind.
    Parameters(std::string_view statement, const std::vector<Type>& types, std::string_view organisation,
               rows::Values values);
    int count() const { return static_cast<int>(pointers_.size()); }
    const char* const* values() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    std::vector<std::string> numbers_;
    std::vector<const char*> pointers_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// All rows of a binary result. Throws on a type that the store does not keep (fractions, dates).
rows::Rows rows_from(const pg_result* result, std::string_view statement);

} // namespace handrail::postgres
