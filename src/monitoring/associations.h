#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace handrail::monitoring {

/// One thing about one person by day of the person's own clock; nothing where it is not known. Series that are compared
/// begin on the same day.
struct DailySeries {
    std::string name;
    std::vector<std::optional<double>> values;
};

/// What goes with what, for this one person. It is an association: it says what days were like, not why.
struct Association {
    std::string cause;
    std::string effect;
    int lag_days = 0;    ///< the effect is seen so many days later
    int days = 0;        ///< that could be compared
    double estimate = 0; ///< change of the effect with one step of the cause
    double low = 0;      ///< 95 % interval
    double high = 0;
    double chance = 1;   ///< of one at least as strong in blocks of days put in any order
    bool found = false;  ///< stands after allowing for all the pairs that were looked at
};

struct AssociationSettings {
    int needs_days = 0;     ///< that can be compared; fewer are not looked at
    double false_share = 0; ///< of what is found, at most this share is expected to be chance (Benjamini & Hochberg 1995)
    /// Orders of blocks that chance is taken from. One of n pairs can only stand when 1 / orders is under false_share / n.
    int orders = 1000;
    /// After so many orders as strong as what was seen, it is chance, and no more are tried (Besag & Clifford 1991). 0: all are.
    int enough = 0;
};

/// Looks at every cause with every effect on the same day and the next. Each day is compared after taking out the effect's
/// value of the day before (a first-order autoregression) and a straight line, so that two series that only drift or carry
/// over do not look linked; the interval is Newey & West's (1987), the chance from orders of blocks of days. The same
/// series give the same answer.
std::vector<Association> associations(std::span<const DailySeries> causes, std::span<const DailySeries> effects,
                                      const AssociationSettings& settings);

/// One observation among those of many people: the first cause is the one asked about, the others are held.
struct PersonDay {
    std::string person;
    std::vector<double> causes;
    double effect = 0;
};

/// The association within people, over many of them: each is compared with their own mean, and the interval allows for what
/// observations of one person share. For positive controls and research, never for what one person is told.
Association pooled_association(std::span<const PersonDay> all);

} // namespace handrail::monitoring
