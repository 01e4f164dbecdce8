#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "detect/model.h"

namespace handrail::detect {

/// A model file: "HANDRAIL", what it is, its form's version, the parts, and a BLAKE2b checksum of all before it.
/// Reading trusts nothing: a wrong checksum, a number outside its bounds or a byte too many is an error, never a crash.
std::string written(const Model& model);
std::string written(const Encoder& encoder);
Result<Model> read_model(std::string_view bytes);
Result<Encoder> read_encoder(std::string_view bytes);
/// The checksum at the end, hexadecimal; what cards and `versions` name.
std::string checksum_in(std::string_view bytes);
/// What stands before the checksum, with the one that fits it: for tests that damage a file on purpose.
std::string sealed_with_checksum(std::string body);

} // namespace handrail::detect
