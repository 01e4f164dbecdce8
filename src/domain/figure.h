#pragma once

#include <string>

namespace handrail {

/// How far a published figure may be trusted. An unverified one judges nobody.
enum class FigureMark {
    Verified,   ///< read in its source
    SecondHand, ///< read in an account of the source
    Unverified, ///< recalled, or borrowed from another instrument
    House,      ///< Handrail's own choice
};

/// A number with where it comes from.
struct Figure {
    double value = 0;
    std::string source;
    FigureMark mark = FigureMark::Unverified;
};

} // namespace handrail
