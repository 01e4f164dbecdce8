#include "support/state.h"

#include <algorithm>

#include <boost/json.hpp>

namespace handrail::support {
namespace {

namespace json = boost::json;
constexpr int version = 1;
constexpr std::size_t most_marks = 600;

json::array texts(const std::vector<std::string>& list)
{
    json::array out;
    for (const auto& text : list)
        out.emplace_back(text);
    return out;
}

json::object counts(const std::map<std::string, int>& map)
{
    json::object out;
    for (const auto& [key, count] : map)
        out[key] = count;
    return out;
}

class Reader {
public:
    explicit Reader(const json::object& object) : object_(object) {}
    std::string text(std::string_view key) const
    {
        const auto* value = object_.if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
    }
    std::int64_t number(std::string_view key) const
    {
        const auto* value = object_.if_contains(key);
        return value != nullptr && value->is_int64() ? value->get_int64() : 0;
    }
    int whole(std::string_view key) const { return static_cast<int>(number(key)); }
    bool truth(std::string_view key) const
    {
        const auto* value = object_.if_contains(key);
        return value != nullptr && value->is_bool() && value->get_bool();
    }
    std::vector<std::string> texts(std::string_view key) const
    {
        std::vector<std::string> out;
        const auto* value = object_.if_contains(key);
        if (value != nullptr && value->is_array())
            for (const auto& item : value->get_array())
                if (item.is_string())
                    out.emplace_back(item.get_string());
        return out;
    }
    std::map<std::string, int> counts(std::string_view key) const
    {
        std::map<std::string, int> out;
        const auto* value = object_.if_contains(key);
        if (value != nullptr && value->is_object())
            for (const auto& [name, count] : value->get_object())
                if (count.is_int64())
                    out[std::string(name)] = static_cast<int>(count.get_int64());
        return out;
    }

private:
    const json::object& object_;
};

} // namespace

bool State::did(std::string_view thing) const { return std::find(once.begin(), once.end(), thing) != once.end(); }

void State::note(std::string_view thing)
{
    if (!did(thing))
        once.emplace_back(thing);
}

void take_over(State& fresh, const State& before)
{
    fresh.clocks = before.clocks;
    fresh.noticed_at = before.noticed_at;
    fresh.last_at = before.last_at;
    fresh.age_band = before.age_band;
    fresh.region = before.region;
    for (const std::string_view once : {"minor", "minor_told", "under_age"})
        if (before.did(once))
            fresh.note(once);
    if (need(before.held) <= need(Urgency::Usual))
        return;
    fresh.language = before.language;
    fresh.held = before.held;
    fresh.category = before.category;
    fresh.subject = before.subject;
    fresh.in_contact = before.in_contact;
    fresh.given = before.given;
    fresh.asked = before.asked;
    fresh.audiences = before.audiences;
    fresh.said = before.said;
    for (const std::string_view once : {"country", "plan", "coping", "trusted", "cannot_speak", "strangled"})
        if (before.did(once))
            fresh.note(once);
}

Urgency let_go_of_danger(State& state, Instant now)
{
    constexpr Duration away = std::chrono::hours{24} * 7;
    if (state.last_at == Instant{} || now - state.last_at < away)
        return Urgency::Usual;
    const auto gone = state.held;
    state.held = Urgency::Usual;
    state.in_contact = false;
    state.pending.clear();
    return gone;
}

std::string state_text(const State& s)
{
    auto said = s.said;
    if (said.size() > most_marks)
        said.erase(said.begin(), said.end() - static_cast<std::ptrdiff_t>(most_marks));
    json::object out;
    out["version"] = version;
    out["language"] = s.language;
    out["other_language"] = s.other_language;
    out["region"] = s.region;
    out["age_band"] = s.age_band;
    out["noticed_at"] = to_stored(s.noticed_at);
    out["last_at"] = to_stored(s.last_at);
    out["turns"] = s.turns;
    out["clocks"] = clocks_text(s.clocks);
    out["held"] = std::string(name(s.held));
    out["category"] = std::string(name(s.category));
    out["subject"] = std::string(name(s.subject));
    out["in_contact"] = s.in_contact;
    out["given"] = counts(s.given);
    out["asked"] = texts(s.asked);
    out["pending"] = s.pending;
    out["once"] = texts(s.once);
    out["audiences"] = texts(s.audiences);
    out["said"] = texts(said);
    out["heard"] = counts(s.heard);
    out["questions"] = s.questions;
    out["reflections"] = s.reflections;
    out["since_question"] = s.since_question;
    out["listened"] = s.listened;
    out["topic"] = s.topic;
    out["feeling"] = s.feeling;
    out["degree"] = s.degree;
    out["exercise_feeling"] = s.exercise_feeling;
    out["exercise_strength"] = s.exercise_strength;
    out["exercise"] = s.exercise;
    out["step"] = s.step;
    out["exercises_done"] = texts(s.exercises_done);
    out["helped"] = counts(s.helped);
    out["tried"] = texts(s.tried);
    out["way_named"] = s.way_named;
    out["exercise_at"] = to_stored(s.exercise_at);
    out["plan_part"] = s.plan_part;
    out["to_remember"] = s.to_remember;
    if (!s.pseudonyms.empty())
        out["pseudonyms"] = s.pseudonyms;
    return json::serialize(out);
}

Result<State> state_from(std::string_view text)
{
    State s;
    if (text.empty())
        return s;
    boost::system::error_code failed;
    const auto value = json::parse(text, failed);
    if (failed || !value.is_object())
        return invalid("the conversation's state cannot be read");
    const Reader in(value.get_object());
    if (in.whole("version") < 1 || in.whole("version") > version)
        return invalid("the conversation's state is of another version");
    s.language = in.text("language");
    s.other_language = in.text("other_language");
    s.region = in.text("region");
    s.age_band = in.text("age_band");
    s.noticed_at = from_stored(in.number("noticed_at"));
    s.last_at = from_stored(in.number("last_at"));
    s.turns = in.whole("turns");
    s.clocks = clocks_from(in.text("clocks"));
    s.held = urgency_from(in.text("held")).value_or(Urgency::Usual);
    s.category = category_from(in.text("category")).value_or(Category::None);
    s.subject = subject_from(in.text("subject")).value_or(Subject::None);
    s.in_contact = in.truth("in_contact");
    s.given = in.counts("given");
    s.asked = in.texts("asked");
    s.pending = in.text("pending");
    s.once = in.texts("once");
    s.audiences = in.texts("audiences");
    s.said = in.texts("said");
    s.heard = in.counts("heard");
    s.questions = in.whole("questions");
    s.reflections = in.whole("reflections");
    s.since_question = in.whole("since_question");
    s.listened = in.whole("listened");
    s.topic = in.text("topic");
    s.feeling = in.text("feeling");
    s.degree = in.text("degree");
    s.exercise_feeling = in.text("exercise_feeling");
    s.exercise_strength = in.text("exercise_strength");
    s.exercise = in.text("exercise");
    s.step = in.whole("step");
    s.exercises_done = in.texts("exercises_done");
    s.helped = in.counts("helped");
    s.tried = in.texts("tried");
    s.way_named = in.text("way_named");
    s.exercise_at = from_stored(in.number("exercise_at"));
    s.plan_part = in.whole("plan_part");
    s.to_remember = in.text("to_remember");
    s.pseudonyms = in.text("pseudonyms");
    return s;
}

} // namespace handrail::support
