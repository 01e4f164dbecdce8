#pragma once

#include <stdexcept>
#include <string>

#include "gateway/output_screen.h"

namespace handrail::gateway {

/// Refuses what holds "poison", and fails from its n-th call on, by an error or by an exception.
class ScreenForTest final : public OutputScreen {
public:
    enum class Failing { Error, Exception };
    explicit ScreenForTest(int fails_at = -1, Failing how = Failing::Error) : fails_at_(fails_at), how_(how) {}
    Result<Judged> judge(std::string_view words) const override
    {
        seen += "[" + std::string(words) + "]";
        if (fails_at_ >= 0 && calls++ >= fails_at_) {
            if (how_ == Failing::Exception)
                throw std::runtime_error("the model of the screener is gone");
            return unavailable("The screener is gone.", "test");
        }
        if (words.find("poison") != std::string_view::npos)
            return Judged{false, "Please talk to a pharmacist.", {"D2"}};
        return Judged{};
    }
    mutable std::string seen;
    mutable int calls = 0;

private:
    int fails_at_;
    Failing how_;
};

} // namespace handrail::gateway
