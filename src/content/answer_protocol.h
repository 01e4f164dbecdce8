#pragma once

#include <filesystem>

#include "base/result.h"
#include "content/instruments.h"
#include "domain/answer_protocol.h"

namespace handrail::content {

/// Reads content/protocols/answers.json. Invalid names file and JSON pointer; a line about an instrument or item that is
/// not there is wrong.
Result<AnswerProtocol> load_answer_protocol(const std::filesystem::path& content_folder, const Instruments& instruments);

} // namespace handrail::content
