#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "content/instruments.h"
#include "domain/expected_course.h"

namespace handrail::content {

/// Reads one file. @param shown_name What it is called in messages.
Result<ExpectedCourse> read_expected_course(const std::filesystem::path& file, const std::string& shown_name,
                                            const Instruments& instruments);

/// Reads content/courses/*.json; two courses of one questionnaire are wrong.
Result<std::vector<ExpectedCourse>> load_expected_courses(const std::filesystem::path& content_folder,
                                                          const Instruments& instruments);

} // namespace handrail::content
