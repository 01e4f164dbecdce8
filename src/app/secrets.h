#pragma once

#include <string>

#include "base/result.h"

namespace handrail::app {

/// A secret that a setting names, without space around it: "environment:NAME", or "file:PATH" that nobody else can read.
/// @param key  as the reader of the configuration knows it: "[whatsapp] token"
Result<std::string> secret_of(const std::string& written, const std::string& key);

} // namespace handrail::app
