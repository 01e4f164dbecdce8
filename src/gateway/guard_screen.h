#pragma once

#include "gateway/output_screen.h"
#include "support/guard.h"

namespace handrail::gateway {

/// The reply guard of Handrail's own conversations, for somebody else's model.
class GuardScreen final : public OutputScreen {
public:
    GuardScreen(const support::Guard& guard, const support::Dialogue& dialogue, support::GuardContext context)
        : guard_(guard), dialogue_(dialogue), context_(std::move(context))
    {
    }
    Result<Judged> judge(std::string_view words) const override;

private:
    const support::Guard& guard_;
    const support::Dialogue& dialogue_;
    support::GuardContext context_;
};

/// "10,000 steps" as "10000 steps": the groups of a long number are no telephone numbers.
std::string without_digit_groups(std::string_view text);

} // namespace handrail::gateway
