#pragma once

#include <filesystem>

#include "base/result.h"

namespace handrail::app {

/// A folder of its own in the temporary folder; it goes, with all that is in it, when this goes.
class Scratch {
public:
    static Result<Scratch> make();
    Scratch(Scratch&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
    ~Scratch();
    const std::filesystem::path& path() const { return path_; }

private:
    explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

} // namespace handrail::app
