#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/config.h"
#include "app/report/report.h"

/// Commands that keep a service: each works on the folder of a configuration, or of the demo.
namespace handrail::app {

struct Where {
    std::optional<std::filesystem::path> config;
    std::optional<std::filesystem::path> folder;
};
Result<Config> config_at(const Where& where);
/// Prints what came of a command; an error on `err`. @return the exit status
int told(const Result<std::string>& words, std::ostream& out, std::ostream& err);

/// `handrail backup`: asks the running server, or opens the store itself when none runs.
int backup(const Where& where, std::ostream& out, std::ostream& err);
/// `handrail audit verify [--against CHECKPOINT] [--checkpoint FILE]`.
int audit_verify(const Where& where, const std::string& against, const std::string& checkpoint, std::ostream& out,
                 std::ostream& err);
/// `handrail erase --verify PERSON`: names whatever could still open them. Exit 1 when something could.
int erase_verify(const Where& where, const std::string& person, std::ostream& out, std::ostream& err);
/// `handrail report NAME`.
int write_report(const Where& where, const report::Asked& asked, std::ostream& out, std::ostream& err);

/// What the running server does for a command: one line in, one line out.
class House;
std::string answer_control(House& house, const std::string& line);

} // namespace handrail::app
