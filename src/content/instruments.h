#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/instrument.h"

namespace handrail::content {

/// All questionnaires of the installation, by id.
class Instruments {
public:
    /// Reads every content/instruments/*.json whose name does not start with "_".
    /// @param content_folder The folder that holds `instruments/`.
    /// @return Invalid names every file and JSON pointer that is wrong; nothing is half loaded.
    static Result<Instruments> load(const std::filesystem::path& content_folder);

    /// Null when there is no such instrument.
    const Instrument* find(std::string_view id) const;
    /// In the order of their ids.
    const std::map<std::string, Instrument, std::less<>>& all() const { return instruments_; }

private:
    std::map<std::string, Instrument, std::less<>> instruments_;
};

/// Reads one file. @param shown_name What it is called in messages.
Result<Instrument> read_instrument(const std::filesystem::path& file, const std::string& shown_name);

} // namespace handrail::content
