#include "content/instrument_scoring.h"

#include <algorithm>
#include <charconv>

namespace handrail::content {

namespace {

/// A chain of conditions deeper than this is a mistake in the file, not a rule.
constexpr int deepest_condition = 16;

std::size_t read_place(const Node& node, const Instrument& instrument)
{
    const auto id = node.text();
    const auto place = instrument.item(id);
    if (!place) {
        node.wrong("names an item that is not there: " + id);
        return 0;
    }
    return *place;
}

std::vector<std::size_t> read_places(const Node& list, const Instrument& instrument)
{
    std::vector<std::size_t> out;
    for (const auto& each : list.elements())
        out.push_back(read_place(each, instrument));
    if (out.empty())
        list.wrong("expected at least one item");
    return out;
}

Bound read_bound(const Node& node)
{
    Bound bound;
    const auto op = node["op"].text();
    if (op == ">=")
        bound.comparison = Comparison::AtLeast;
    else if (op == "<=")
        bound.comparison = Comparison::AtMost;
    else if (op == "==")
        bound.comparison = Comparison::Equal;
    else if (op == ">")
        bound.comparison = Comparison::Above;
    else if (op == "<")
        bound.comparison = Comparison::Below;
    else if (op == "between")
        bound.comparison = Comparison::Between;
    else
        node["op"].wrong("expected one of >= <= == > < between");
    if (bound.comparison != Comparison::Between) {
        bound.value = node["value"].number();
        return bound;
    }
    const auto pair = node["value"].elements();
    if (pair.size() != 2) {
        node["value"].wrong("expected two numbers, both included");
        return bound;
    }
    bound.value = pair[0].number();
    bound.upper = pair[1].number();
    return bound;
}

ContextValue read_context_value(const Node& node)
{
    if (node.is_truth())
        return node.truth();
    if (node.is_number())
        return node.number();
    return node.text();
}

Condition read_condition_at(const Node& node, const Instrument& instrument, int depth)
{
    Condition out;
    if (!node.is_object()) {
        node.wrong(node.there() ? "expected a condition" : "is missing");
        return out;
    }
    if (depth > deepest_condition) {
        node.wrong("conditions stand too deep inside each other");
        return out;
    }
    using Kind = Condition::Kind;
    if (node["always"].there()) {
        if (!node["always"].truth())
            node["always"].wrong("can only be true");
    } else if (node["all"].there() || node["any"].there()) {
        const bool all = node["all"].there();
        out.kind = all ? Kind::All : Kind::Any;
        for (const auto& part : node[all ? "all" : "any"].elements())
            out.parts.push_back(read_condition_at(part, instrument, depth + 1));
        if (out.parts.empty())
            node[all ? "all" : "any"].wrong("expected at least one condition");
    } else if (node["item"].there()) {
        out.kind = Kind::Item;
        out.items = {read_place(node["item"], instrument)};
        out.bound = read_bound(node);
    } else if (node["score"].there()) {
        out.kind = Kind::Score;
        out.name = node["score"].text();
        out.bound = read_bound(node);
        const auto scores = &instrument.scoring.scores;
        if (std::none_of(scores->begin(), scores->end(), [&](const auto& score) { return score.id == out.name; }))
            node["score"].wrong("names a score that is not there: " + out.name);
    } else if (node["count"].there()) {
        out.kind = Kind::Count;
        out.items = read_places(node["count"]["items"], instrument);
        out.inner = read_bound(node["count"]);
        out.bound = read_bound(node);
    } else if (node["symptom_count"].there()) {
        out.kind = Kind::SymptomCount;
        out.items = read_places(node["symptom_count"]["items_ge2"], instrument);
        out.also_items = read_places(node["symptom_count"]["items_ge1"], instrument);
        out.bound = read_bound(node);
    } else if (node["sum"].there()) {
        out.kind = Kind::Sum;
        out.items = read_places(node["sum"], instrument);
        out.bound = read_bound(node);
    } else if (node["missing"].there()) {
        out.kind = Kind::Missing;
        out.items = read_places(node["missing"], instrument);
    } else if (node["refused_any"].there()) {
        out.kind = Kind::RefusedAny;
        out.items = read_places(node["refused_any"], instrument);
    } else if (node["context"].there()) {
        out.name = node["context"].text();
        if (node["eq"].there()) {
            out.kind = Kind::ContextIs;
            out.values = {read_context_value(node["eq"])};
        } else {
            out.kind = Kind::ContextIsNot;
            for (const auto& value : node["not_in"].elements())
                out.values.push_back(read_context_value(value));
            if (out.values.empty())
                node.wrong("expected eq, or not_in with a list");
        }
    } else {
        node.wrong("is no condition that is known");
    }
    return out;
}

void read_missing(const Node& node, ScoreRule& rule)
{
    const auto method = node["method"].text_or("none");
    const auto most = node["max_missing"].whole_or(0);
    if (most < 0)
        node["max_missing"].wrong("cannot be less than 0");
    rule.most_missing = static_cast<std::size_t>(std::max(most, 0));
    if (method == "none") {
        if (rule.most_missing != 0)
            node["max_missing"].wrong("must be 0 when there is no method for missing answers");
    } else if (method == "ignore") {
        rule.missing = ScoreRule::Missing::Ignore;
    } else if (method == "prorate_mean") {
        const auto round = node["round"].text();
        if (round == "half_away_from_zero")
            rule.missing = ScoreRule::Missing::ProrateWhole;
        else if (round == "one_decimal")
            rule.missing = ScoreRule::Missing::ProrateOneDecimal;
        else
            node["round"].wrong("expected half_away_from_zero or one_decimal");
    } else {
        node["method"].wrong("expected none, ignore or prorate_mean");
    }
    if (rule.most_missing >= rule.items.size() && !rule.items.empty())
        node["max_missing"].wrong("would let every item be missing");
}

void read_derived(const Node& node, const Instrument& instrument, ScoreRule& rule)
{
    rule.of = node["of"].text();
    const auto& before = instrument.scoring.scores;
    if (std::none_of(before.begin(), before.end(), [&](const auto& score) { return score.id == rule.of; }))
        node["of"].wrong("names a score that does not stand before it: " + rule.of);
    if (rule.method == ScoreRule::Method::Scale) {
        rule.factor = node["factor"].number();
        return;
    }
    for (const auto& [key, value] : node["table"].members()) {
        int from = 0;
        const auto [end, failed] = std::from_chars(key.data(), key.data() + key.size(), from);
        if (failed != std::errc{} || end != key.data() + key.size())
            value.wrong("stands under a key that is no whole number");
        rule.table[from] = value.number();
    }
    if (rule.table.empty())
        node["table"].wrong("expected a table");
}

ScoreRule read_score(const Node& node, const Instrument& instrument)
{
    ScoreRule rule;
    rule.id = node["id"].text();
    const auto method = node["method"].text();
    const auto range = node["range"].elements();
    if (range.size() == 2) {
        rule.lowest = range[0].number();
        rule.highest = range[1].number();
    } else {
        node["range"].wrong("expected the lowest and the highest value");
    }
    if (method == "scale" || method == "lookup") {
        rule.method = method == "scale" ? ScoreRule::Method::Scale : ScoreRule::Method::Lookup;
        read_derived(node, instrument, rule);
        return rule;
    }
    rule.items = read_places(node["items"], instrument);
    if (method == "max") {
        rule.method = ScoreRule::Method::Max;
    } else if (method == "threshold_count") {
        rule.method = ScoreRule::Method::ThresholdCount;
        for (const auto place : rule.items)
            rule.thresholds.push_back(node["thresholds"][instrument.items[place].id].whole());
    } else if (method != "sum") {
        node["method"].wrong("expected sum, max, threshold_count, scale or lookup");
    }
    if (node["requires"].there())
        rule.required_too = read_places(node["requires"], instrument);
    for (const auto& each : node["exclude_when"].elements())
        rule.exclusions.push_back({read_condition(each["when"], instrument), read_places(each["items"], instrument)});
    read_missing(node["missing"], rule);
    return rule;
}

std::vector<Band> read_bands(const Node& list)
{
    std::vector<Band> out;
    for (const auto& each : list.elements()) {
        Band band{each["min"].number(), each["max"].number(), each["code"].text(), each["label"].text()};
        if (band.highest < band.lowest)
            each.wrong("ends before it begins");
        if (!out.empty() && band.lowest <= out.back().highest)
            each.wrong("begins inside the band before it");
        out.push_back(std::move(band));
    }
    return out;
}

OrderedResult read_ordered(const Node& node, const Instrument& instrument)
{
    OrderedResult out;
    out.required = read_places(node["required"], instrument);
    for (const auto& each : node["conditional_required"].elements())
        out.required_when.push_back(
            {read_places(each["items"], instrument), read_condition(each["when"], instrument)});
    for (const auto& each : node["rules"].elements())
        out.rules.push_back({each["result"].text(), read_condition(each["when"], instrument)});
    for (const auto& each : node["fail_safe"].elements())
        out.fail_safe.push_back({each["result"].text(), read_condition(each["when"], instrument)});
    out.not_from_incomplete = node["suppress_when_incomplete"].texts();
    out.refusal_answers = node["refusal_counts_as_positive"].truth_or(false);
    if (out.rules.empty())
        node["rules"].wrong("expected at least one rule");
    return out;
}

FlagRule read_flag(const Node& node, const Instrument& instrument)
{
    FlagRule rule;
    rule.flag = node["flag"].text();
    const auto level = node["level"].text();
    if (level == "critical")
        rule.level = FlagLevel::Critical;
    else if (level == "review")
        rule.level = FlagLevel::Review;
    else if (level != "info")
        node["level"].wrong("expected critical, review or info");
    rule.when = read_condition(node["when"], instrument);
    rule.fires_when_incomplete = node["fires_when_incomplete"].truth();
    rule.action = node["action"].text();
    return rule;
}

} // namespace

Condition read_condition(const Node& node, const Instrument& instrument) { return read_condition_at(node, instrument, 0); }

InstrumentScoring read_scoring(const Node& node, const Instrument& given)
{
    // Conditions name scores, so the scores are put in place first.
    Instrument instrument = given;
    if (!node.is_object())
        node.wrong("is missing");
    auto& scoring = instrument.scoring;
    for (const auto& each : node["scores"].elements())
        scoring.scores.push_back(read_score(each, instrument));
    for (const auto& each : node["skip"].elements())
        scoring.skips.push_back({read_places(each["items"], instrument), read_condition(each["when"], instrument),
                                 each["value_if_missing"].whole()});
    if (const auto gate = node["gate"]; gate.there()) {
        Gate read{read_place(gate["item"], instrument), read_bound(gate), {}};
        for (const auto& [score, value] : gate["then_scores"].members())
            read.then_scores.emplace_back(score, value.number());
        scoring.gate = std::move(read);
    }
    for (const auto& [score, list] : node["bands"].members()) {
        const auto& wanted = score;
        if (std::none_of(scoring.scores.begin(), scoring.scores.end(),
                         [&](const auto& rule) { return rule.id == wanted; }))
            list.wrong("names a score that is not there");
        scoring.bands[score] = read_bands(list);
    }
    scoring.bands_system = node["bands_system"].text_or("");
    const auto band_value = node["band_value"].text_or("");
    if (!band_value.empty() && band_value != "floor")
        node["band_value"].wrong("expected floor");
    scoring.band_by_whole_part = band_value == "floor";
    if (node["ordered_result"].there())
        scoring.ordered = read_ordered(node["ordered_result"], instrument);
    if (node["profile"].there())
        scoring.profile_items = read_places(node["profile"]["items"], instrument);
    scoring.partial_scores = node["partial_scores"].truth_or(false);
    for (const auto& each : node["rules"].elements())
        scoring.flags.push_back(read_flag(each, instrument));
    return std::move(instrument.scoring);
}

} // namespace handrail::content
