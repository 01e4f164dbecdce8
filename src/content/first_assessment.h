#pragma once

#include <filesystem>

#include "base/result.h"
#include "content/instruments.h"
#include "domain/first_assessment.h"

namespace handrail::content {

/// Reads content/first_assessment/form.json. Invalid names file and JSON pointer of everything that is wrong: a text that is
/// missing in a language, a condition over a question that comes later, an instrument that is not there, a rule that nobody
/// verified.
Result<FirstAssessment> load_first_assessment(const std::filesystem::path& content_folder, const Instruments& instruments);

} // namespace handrail::content
