#include "support/remembering.h"

#include <algorithm>

#include "base/text.h"
#include "support/listening.h"

namespace handrail::support::remembering {
namespace {

using care::MemoryItem;
using Kind = MemoryItem::Kind;

constexpr std::size_t most_items = 60;
constexpr int most_listed = 6;

bool says_no(const Heard& heard) { return heard.answer == Answer::No || heard.answer == Answer::Refuses; }

const MemoryItem* first_of(const Turn& turn, Kind kind)
{
    const auto& own = turn.situation.own;
    if (!own.may_keep)
        return nullptr;
    for (const auto& item : own.remembered)
        if (item.kind == kind)
            return &item;
    return nullptr;
}

/// The item that the words to forget name: by a word of it, or by what kind of thing it is.
const MemoryItem* named(const Turn& turn)
{
    if (turn.heard.cue("forgets_name"))
        return first_of(turn, Kind::Name);
    const MemoryItem* best = nullptr;
    int most = 0;
    for (const auto& item : turn.situation.own.remembered) {
        int shared = 0;
        for (const auto& word : words_of(item.text))
            if (word.folded.size() >= 4 || item.kind == Kind::Name || item.kind == Kind::Person)
                shared += std::any_of(turn.heard.words.begin(), turn.heard.words.end(),
                                      [&](const auto& heard) { return heard.folded == word.folded; });
        if (shared > most) {
            best = &item;
            most = shared;
        }
    }
    return best;
}

void put_question(Turn& turn, std::string words, std::string waits)
{
    std::vector<ReplyChoice> choices;
    for (const std::string_view id : {"yes", "no"})
        if (const auto& text = turn.say("offer.remember_" + std::string(id)); !text.empty())
            choices.push_back({std::string(id), text.front()});
    turn.draft.question(std::move(words), "remember", std::move(choices));
    turn.state.pending = "remember";
    turn.state.to_remember = std::move(waits);
}

void go_on_talking(Turn& turn)
{
    if (turn.draft.asks())
        return;
    if (auto words = turn.wording.fresh(turn.say("ask.greeting")); !words.empty()) {
        turn.draft.question(std::move(words), "open");
        turn.state.pending = "open";
    }
}

void list_all(Turn& turn)
{
    turn.move("memory_list");
    const auto& own = turn.situation.own;
    if (!own.may_keep) {
        turn.draft.text(turn.wording.next(turn.say("memory.off")));
        return;
    }
    if (own.remembered.empty()) {
        turn.draft.text(turn.wording.next(turn.say("memory.none")));
        turn.draft.text(turn.wording.next(turn.say("memory.where")));
        return;
    }
    std::string items;
    int listed = 0;
    for (const auto& item : own.remembered) {
        if (listed++ == most_listed)
            break;
        const auto& label = turn.say("memory.kind." + std::string(care::name(item.kind)));
        items += (items.empty() ? "" : "; ") + (label.empty() ? std::string() : label.front() + ": ") + item.text;
    }
    turn.draft.text(turn.wording.next(turn.say("memory.list"), {{"items", items}}));
    if (const auto more = static_cast<int>(own.remembered.size()) - most_listed; more > 0)
        turn.draft.text(turn.wording.next(turn.say("memory.more"), {{"count", std::to_string(more)}}));
    turn.draft.text(turn.wording.next(turn.say("memory.where")));
}

/// What was asked is answered: kept, forgotten, or left as it is.
void settle(Turn& turn, const std::string& waits)
{
    const auto space = waits.find(' ');
    const auto what = waits.substr(0, space);
    const auto words = space == std::string::npos ? std::string() : waits.substr(space + 1);
    const bool yes = turn.heard.says_yes();
    if (what == "forget") {
        turn.draft.text(turn.wording.next(turn.say(yes ? "memory.forgotten" : "memory.stays")));
        turn.move(yes ? "memory_forgotten" : "memory_stays");
        if (yes)
            turn.reply.keeps.emplace_back(Forgotten{words == "*" ? std::nullopt : std::optional{words}});
    } else if (const auto kind = care::memory_kind(what); yes && kind.ok()) {
        turn.reply.keeps.emplace_back(MemoryItem{{}, *kind, words, {}});
        turn.draft.text(turn.wording.next(turn.say("memory.kept")));
        turn.move("memory_kept");
    } else {
        turn.draft.text(turn.wording.next(turn.say("memory.not_kept")));
        turn.move("memory_not_kept");
    }
    go_on_talking(turn);
}

/// Answers to "would that be possible now?".
bool own_way(Turn& turn)
{
    turn.state.pending.clear();
    if (!turn.heard.short_words || (!turn.heard.intent.empty() && turn.heard.intent != "thanks"))
        return false;
    if (says_no(turn.heard)) {
        exercising::offer(turn);
        return true;
    }
    if (!turn.heard.says_yes())
        return false;
    turn.draft.text(turn.wording.fresh(turn.say("memory.helps_do")));
    turn.move("own_way_chosen");
    return true;
}

} // namespace

bool reply(Turn& turn)
{
    auto& state = turn.state;
    const auto& heard = turn.heard;
    const auto waits = state.to_remember;
    state.to_remember.clear();
    if (state.pending == "own_way")
        return own_way(turn);
    if (state.pending == "remember") {
        state.pending.clear();
        if (!waits.empty() && turn.situation.own.may_keep && heard.short_words &&
            (heard.intent.empty() || heard.intent == "thanks") && (heard.says_yes() || says_no(heard))) {
            settle(turn, waits);
            return true;
        }
    }
    if (heard.cue("asks_memory")) {
        list_all(turn);
        go_on_talking(turn);
        return true;
    }
    if (!turn.situation.own.may_keep)
        return false;
    if (heard.cue("forgets_all")) {
        if (turn.situation.own.remembered.empty()) {
            list_all(turn);
            return true;
        }
        put_question(turn, turn.wording.next(turn.say("memory.ask_forget_all")), "forget *");
        turn.move("memory_ask_forget");
        return true;
    }
    if (heard.cue("forgets") || heard.cue("forgets_name"))
        if (const auto* item = named(turn)) {
            put_question(turn, turn.wording.next(turn.say("memory.ask_forget"), {{"text", item->text}}), "forget " + item->id);
            turn.move("memory_ask_forget");
            return true;
        }
    return false;
}

bool offer(Turn& turn)
{
    auto& state = turn.state;
    const auto& worth = turn.heard.worth;
    const auto& own = turn.situation.own;
    if (!worth || !own.may_keep || turn.draft.asks() || need(state.held) >= need(Urgency::Today) ||
        turn.finding.urgency != Urgency::Usual || !turn.finding.evidence.empty() || own.remembered.size() >= most_items ||
        turn.situation.age_band == "under_13" || state.age_band == "under_13")
        return false;
    const auto mark = "memory " + sentence_mark(worth->kind + " " + worth->text);
    const auto folded = lower_ascii(worth->text);
    if (state.did(mark) || std::any_of(own.remembered.begin(), own.remembered.end(),
                                       [&](const auto& item) { return lower_ascii(item.text) == folded; }))
        return false;
    auto words = turn.wording.fresh(turn.say("memory.offer." + worth->kind), {{"text", worth->text}});
    if (words.empty())
        return false;
    state.note(mark);
    put_question(turn, std::move(words), worth->kind + " " + worth->text);
    turn.move("memory_offer");
    return true;
}

bool offer_what_helps(Turn& turn)
{
    if (turn.heard.cue("grounding") || turn.heard.cue("breathing") || turn.draft.asks() || !turn.situation.own.may_keep)
        return false;
    for (const auto& item : turn.situation.own.remembered) {
        const auto mark = "suggested " + item.id;
        if (item.kind != Kind::Helps || turn.state.did(mark))
            continue;
        auto words = turn.wording.fresh(turn.say("memory.helps_first"), {{"text", item.text}});
        if (words.empty())
            return false;
        turn.state.note(mark);
        turn.draft.question(std::move(words), "own_way");
        turn.state.pending = "own_way";
        turn.move("own_way_first");
        return true;
    }
    return false;
}

void name_someone(Turn& turn)
{
    if (const auto* someone = first_of(turn, Kind::Person))
        turn.draft.text(turn.wording.fresh(turn.say("memory.someone"), {{"text", someone->text}}), 1);
}

std::string by_name(Turn& turn, std::string_view key)
{
    const auto* item = first_of(turn, Kind::Name);
    return item == nullptr ? std::string() : turn.wording.next(turn.say(key), {{"name", item->text}});
}

} // namespace handrail::support::remembering
