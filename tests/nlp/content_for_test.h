#pragma once

#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "nlp/screener.h"

namespace handrail::nlp {

inline std::filesystem::path content_folder()
{
    return std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
}

/// The shipped rules, loaded once for the whole test program.
inline const Screener& shipped()
{
    static const Screener screener = [] {
        auto loaded = Screener::load(content_folder());
        if (!loaded)
            throw std::runtime_error(loaded.error().told);
        return std::move(*loaded);
    }();
    return screener;
}

} // namespace handrail::nlp
