#pragma once

#include <filesystem>
#include <stdexcept>

#include "content/answer_protocol.h"
#include "content/check_ins.h"
#include "content/instruments.h"

namespace handrail::monitoring {

inline const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

inline const content::Instruments& instruments()
{
    static const content::Instruments loaded = [] {
        auto read = content::Instruments::load(content_folder);
        if (!read)
            throw std::runtime_error(read.error().told);
        return *std::move(read);
    }();
    return loaded;
}

inline const AnswerProtocol& answer_protocol()
{
    static const AnswerProtocol loaded = [] {
        auto read = content::load_answer_protocol(content_folder, instruments());
        if (!read)
            throw std::runtime_error(read.error().told);
        return *std::move(read);
    }();
    return loaded;
}

inline const CheckInForm& daily_form()
{
    static const CheckInForm loaded = [] {
        auto read = content::load_check_in_form(content_folder, "daily");
        if (!read)
            throw std::runtime_error(read.error().told);
        return *std::move(read);
    }();
    return loaded;
}

} // namespace handrail::monitoring
