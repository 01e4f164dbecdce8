#include "detect/plan.h"

#include <string_view>

namespace handrail::detect {

SetPlan plan_for(const LabelSet& set)
{
    const auto way = [](float cost, float balance, float prior_scale, bool risk_alone = false) {
        return LinearWay{{cost, balance, prior_scale, 8}, risk_alone};
    };
    SetPlan plan;
    plan.ways = {way(0.1F, 0.5F, 0), way(0.3F, 0.5F, 0.5F)};
    if (set.name == "suicide_risk")
        plan.ways = {way(0.03F, 1, 0), way(0.3F, 0.5F, 0.5F, true)};
    if (set.name == "intent")
        plan.ways = {way(0.3F, 0.5F, 0)};
    if (set.name == "emotion")
        plan.ways = {way(0.3F, 0, 0.5F)};
    if (set.language == "zh")
        plan.shape = {4, 3, 5};
    if (authored(set)) { // the same n-grams as its encoder's, so that one look at each serves both
        const auto shared = shared_plan(set.name);
        plan.shape = shared.shape;
        plan.at_least = shared.at_least;
        plan.most_words = shared.most_words;
        plan.most_letters = shared.most_letters;
        if (set.name == screening_set)
            plan.ways = {way(0.3F, 0.5F, 0.5F), way(0.3F, 0.5F, 0.5F, true)};
    }
    return plan;
}

SharedPlan shared_plan(std::string_view encoder)
{
    SharedPlan plan;
    plan.network.width = 64;
    plan.network.rounds = 6;
    if (encoder != "research") {
        plan.most_words = 60'000;
        plan.most_letters = 40'000;
        plan.network.width = 48;
    }
    if (encoder == screening_set || encoder == reply_set) { // read with every message: few numbers, and none for each word alone
        plan.shape.counted = true;
        plan.shape.blind = true;
        plan.at_least = 2;
        plan.most_words = 70'000;
        plan.most_letters = 60'000;
        plan.network.width = 32;
        plan.words_width = 0;
    }
    if (encoder == reply_set) { // learnt from a tenth of the texts
        plan.most_words = 36'000;
        plan.most_letters = 31'000;
        plan.network.width = 36;
    }
    return plan;
}

} // namespace handrail::detect
