#include "http/routes/condition_json.h"

namespace handrail::http::routes {

namespace {

JsonObject& add_bound(JsonObject& out, const Bound& bound)
{
    switch (bound.comparison) {
    case Comparison::AtLeast: return out.add("op", ">=").add("value", bound.value);
    case Comparison::AtMost: return out.add("op", "<=").add("value", bound.value);
    case Comparison::Equal: return out.add("op", "==").add("value", bound.value);
    case Comparison::Above: return out.add("op", ">").add("value", bound.value);
    case Comparison::Below: return out.add("op", "<").add("value", bound.value);
    case Comparison::Between: break;
    }
    return out.add("op", "between").add("value", std::vector<double>{bound.value, bound.upper});
}

std::vector<std::string> ids_of(const std::vector<std::size_t>& items, const Instrument& instrument)
{
    std::vector<std::string> ids;
    for (const auto item : items)
        ids.push_back(instrument.items.at(item).id);
    return ids;
}

JsonList parts_json(const Condition& condition, const Instrument& instrument)
{
    JsonList parts;
    for (const auto& part : condition.parts)
        parts.add(condition_json(part, instrument));
    return parts;
}

} // namespace

std::set<std::size_t> items_in(const Condition& condition)
{
    std::set<std::size_t> items(condition.items.begin(), condition.items.end());
    items.insert(condition.also_items.begin(), condition.also_items.end());
    for (const auto& part : condition.parts)
        items.merge(items_in(part));
    return items;
}

JsonObject condition_json(const Condition& condition, const Instrument& instrument)
{
    JsonObject out;
    switch (condition.kind) {
    case Condition::Kind::Always: return out.add("always", true);
    case Condition::Kind::All: return out.add("all", parts_json(condition, instrument));
    case Condition::Kind::Any: return out.add("any", parts_json(condition, instrument));
    case Condition::Kind::Item: return add_bound(out.add("item", instrument.items.at(condition.items.front()).id), condition.bound);
    case Condition::Kind::Sum: return add_bound(out.add("sum", ids_of(condition.items, instrument)), condition.bound);
    case Condition::Kind::Missing: return out.add("missing", ids_of(condition.items, instrument));
    case Condition::Kind::Count: {
        JsonObject counted;
        add_bound(counted.add("items", ids_of(condition.items, instrument)), condition.inner);
        return add_bound(out.add("count", counted), condition.bound);
    }
    case Condition::Kind::Score:
    case Condition::Kind::SymptomCount:
    case Condition::Kind::ContextIs:
    case Condition::Kind::ContextIsNot:
    case Condition::Kind::RefusedAny: break;
    }
    return out.add("any", JsonList{});
}

JsonList skips_json(const Instrument& instrument)
{
    JsonList out;
    for (const auto& rule : instrument.scoring.skips)
        out.add(JsonObject{}
                    .add("items", ids_of(rule.items, instrument))
                    .add("when", condition_json(rule.when, instrument))
                    .add("value", rule.value));
    if (const auto& gate = instrument.scoring.gate) {
        std::vector<std::string> others;
        for (std::size_t i = 0; i < instrument.items.size(); ++i)
            if (i != gate->item)
                others.push_back(instrument.items[i].id);
        JsonObject when;
        add_bound(when.add("item", instrument.items.at(gate->item).id), gate->bound);
        out.add(JsonObject{}.add("items", others).add("when", when));
    }
    return out;
}

} // namespace handrail::http::routes
