#include "gateway/guard_screen.h"

namespace handrail::gateway {

namespace {

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string without_digit_groups(std::string_view text)
{
    const auto digits_at = [&](std::size_t at, std::size_t count) {
        for (std::size_t i = at; i < at + count; ++i)
            if (i >= text.size() || !digit(text[i]))
                return false;
        return true;
    };
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool group = (text[i] == ',' || text[i] == '.') && i > 0 && digit(text[i - 1]) && digits_at(i + 1, 3) &&
                           !digits_at(i + 4, 1);
        if (!group)
            out += text[i];
    }
    return out;
}

Result<OutputScreen::Judged> GuardScreen::judge(std::string_view words) const
{
    const auto verdict = guard_.check(without_digit_groups(words), context_, dialogue_);
    Judged judged;
    judged.allowed = verdict.allowed;
    judged.replacement = verdict.replacement;
    for (const auto& reason : verdict.reasons)
        judged.rules.push_back(reason.rule);
    return judged;
}

} // namespace handrail::gateway
