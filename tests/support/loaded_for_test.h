#pragma once

#include <filesystem>
#include <stdexcept>

#include "nlp/screener.h"
#include "support/dialogue.h"
#include "support/guard.h"

/// The shipped content, read once for a program of tests.
namespace handrail::support {

inline std::filesystem::path shipped_content() { return std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"; }

inline const Dialogue& loaded_dialogue()
{
    static const auto loaded = Dialogue::load(shipped_content());
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

inline const Guard& loaded_guard()
{
    static const auto loaded = Guard::load(shipped_content());
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

inline const nlp::Screener& loaded_screener()
{
    static const auto loaded = nlp::Screener::load(shipped_content());
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

} // namespace handrail::support
