#include "conversation_case.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "support/words.h"

namespace handrail::test {
namespace {

bool contains_folded(const std::string& text, const std::string& part)
{
    return lower_ascii(text).find(lower_ascii(part)) != std::string::npos;
}

bool moved(const support::Reply& reply, std::string_view move)
{
    return std::any_of(reply.moves.begin(), reply.moves.end(), [&](const auto& m) { return m.starts_with(move); });
}

constexpr std::array<std::string_view, 6> plan_parts{"warning_signs", "coping", "distraction", "people", "professionals", "safer_place"};

/// What the next message finds, as the desk would read it back.
void take_over(support::Own& own, const support::Reply& reply)
{
    for (const auto& keep : reply.keeps) {
        if (const auto* line = std::get_if<support::PlanLine>(&keep)) {
            own.plan.insert(line->part);
        } else if (const auto* item = std::get_if<care::MemoryItem>(&keep)) {
            own.remembered.push_back(*item);
            own.remembered.back().id = "k" + std::to_string(own.remembered.size());
        } else if (const auto* gone = std::get_if<support::Forgotten>(&keep)) {
            std::erase_if(own.remembered, [&](const auto& each) { return !gone->id || *gone->id == each.id; });
        }
    }
}

} // namespace

std::string kept_by(const support::Reply& reply)
{
    std::string out;
    for (const auto& keep : reply.keeps) {
        if (const auto* line = std::get_if<support::PlanLine>(&keep)) {
            out += "plan " + std::string(plan_parts.at(static_cast<std::size_t>(line->part))) + ": " + line->line.name +
                   (line->line.phone.empty() ? "" : ", " + line->line.phone) + "\n";
        } else if (const auto* item = std::get_if<care::MemoryItem>(&keep)) {
            out += "memory " + std::string(care::name(item->kind)) + ": " + item->text + "\n";
        } else if (const auto* gone = std::get_if<support::Forgotten>(&keep)) {
            out += "forget " + gone->id.value_or("everything") + "\n";
        } else if (const auto* run = std::get_if<care::ExerciseRun>(&keep)) {
            for (const auto& each : run->lines)
                out += "exercise " + run->exercise + ": " + each.asks + ": " + each.text + "\n";
            if (!run->rating.empty())
                out += "rated " + run->exercise + ": " + run->rating + "\n";
        }
    }
    return out;
}

Finding finding_of(Urgency urgency, Category category, Subject subject)
{
    Finding out;
    out.urgency = urgency;
    out.category = category;
    out.lang = "en";
    if (category != Category::None) {
        out.categories = {category};
        out.subject = subject;
    }
    if (urgency != Urgency::Usual && urgency != Urgency::Unknown) {
        Evidence evidence;
        evidence.rule = "scripted";
        evidence.source = "a test";
        out.evidence.push_back(evidence);
    }
    return out;
}

ConversationCase read_case(const std::filesystem::path& file)
{
    ConversationCase out;
    out.file = file;
    out.situation.now = Instant{std::chrono::hours{24 * 365 * 50}};
    std::ifstream in(file);
    std::string line;
    int number = 0;
    int pause = 1;
    const auto wrong = [&](const std::string& what) {
        out.problem += file.filename().string() + ":" + std::to_string(number) + ": " + what + "\n";
    };
    while (std::getline(in, line)) {
        ++number;
        if (trimmed(line).empty() || line[0] == '#')
            continue;
        const auto space = line.find(' ');
        const auto word = line.substr(0, space);
        const auto rest = space == std::string::npos ? std::string() : std::string(trimmed(line.substr(space)));
        if (word == "region") {
            out.situation.region = rest;
        } else if (word == "age_band") {
            out.situation.age_band = rest;
        } else if (word == "lang") {
            out.situation.language = rest;
        } else if (word == "staffed") {
            out.situation.staffed = true;
        } else if (word == "remembers") {
            const auto gap = rest.find(' ');
            const auto kind = care::memory_kind(rest.substr(0, gap));
            if (!kind.ok() || gap == std::string::npos) {
                wrong("remembers needs a kind and words");
                continue;
            }
            auto& items = out.situation.own.remembered;
            items.push_back({"m" + std::to_string(items.size() + 1), *kind, rest.substr(gap + 1), {}});
        } else if (word == "without_memory") {
            out.situation.own = {};
            out.situation.own.may_keep = false;
        } else if (word == "plan_has") {
            const auto found = std::find(plan_parts.begin(), plan_parts.end(), rest);
            if (found == plan_parts.end())
                wrong("there is no part " + rest);
            else
                out.situation.own.plan.insert(static_cast<care::PlanPart>(found - plan_parts.begin()));
        } else if (word == "told") {
            out.situation.told.state = rest.starts_with("opened") ? support::Told::State::Opened : support::Told::State::Told;
            out.situation.told.who = "Maeve Dorrigan, a nurse,";
            out.situation.told.initials = "MD";
            out.situation.staffed = true;
            out.situation.told.at = rest.starts_with("opened") ? "23:20" : "23:14";
            out.situation.told.opened_at = "23:14";
            out.situation.told.opened_for = Urgency::Today;
            out.situation.told.wait_minutes = 5;
        } else if (word == "after") {
            pause = std::stoi(rest) * (rest.ends_with("days") ? 24 * 60 : rest.ends_with("hours") ? 60 : 1);
        } else if (word == "person") {
            CaseTurn turn;
            turn.line = number;
            turn.words = rest;
            turn.finding = finding_of(Urgency::Usual);
            turn.pause_minutes = out.turns.empty() ? 0 : pause;
            pause = 1;
            out.turns.push_back(std::move(turn));
        } else if (out.turns.empty()) {
            wrong("\"" + word + "\" before any message");
        } else if (word == "found") {
            std::istringstream parts(rest);
            std::string urgency, category = "none", subject = "self", lang = "en";
            parts >> urgency >> category >> subject >> lang;
            const auto u = urgency_from(urgency);
            const auto c = category_from(category);
            const auto s = subject_from(subject);
            if (!u || !c || !s) {
                wrong("found needs an urgency, a category and a subject");
                continue;
            }
            out.turns.back().finding = finding_of(*u, *c, *s);
            out.turns.back().finding.lang = lang;
        } else if (word == "screener") {
            const auto gap = rest.find(' ');
            const auto level = urgency_from(rest.substr(0, gap));
            if (!level || gap == std::string::npos)
                wrong("screener needs a level and why it may differ");
            else
                out.turns.back().screener = *level;
        } else if (word == "must") {
            out.turns.back().must.push_back(rest);
        } else if (word == "must_not") {
            out.turns.back().must_not.push_back(rest);
        } else if (word == "move") {
            out.turns.back().moves.push_back(rest);
        } else if (word == "no_move") {
            out.turns.back().not_moves.push_back(rest);
        } else if (word == "keeps") {
            out.turns.back().keeps.push_back(rest);
        } else if (word == "keeps_nothing") {
            out.turns.back().keeps_nothing = true;
        } else if (word == "urgency") {
            out.turns.back().urgency = rest;
        } else {
            wrong("unknown word \"" + word + "\"");
        }
    }
    if (out.turns.empty())
        wrong("nobody says anything");
    return out;
}

std::vector<std::string> misread(const nlp::Screener& screener, const ConversationCase& script)
{
    std::vector<std::string> out;
    std::vector<std::string> before;
    for (const auto& turn : script.turns) {
        const auto finding = screener.screen(turn.words, before, script.situation.language);
        before.push_back(turn.words);
        const bool own = finding.evidence.empty() || std::any_of(finding.evidence.begin(), finding.evidence.end(),
                                                                 [](const auto& each) { return each.context_index < 0; });
        const auto read = own || finding.urgency == Urgency::Unknown ? finding.urgency : Urgency::Usual;
        const auto taken = turn.finding.urgency;
        const bool held = !own && taken != Urgency::Usual && need(finding.urgency) >= need(taken);
        if (read == taken && turn.screener)
            out.push_back(script.file.filename().string() + ":" + std::to_string(turn.line) +
                          ": the screener reads it as the case does; its line \"screener\" has to go");
        if (read == taken || held || (turn.screener && read == *turn.screener))
            continue;
        out.push_back(script.file.filename().string() + ":" + std::to_string(turn.line) + ": the case takes it for " +
                      std::string(name(taken)) + ", the screener reads " + std::string(name(read)) + " (" +
                      std::string(name(finding.category)) + ")\n  person: " + turn.words + "\n  why: " + finding.why);
    }
    return out;
}

Talked talk(const support::Dialogue& dialogue, const ConversationCase& script)
{
    Talked out;
    auto situation = script.situation;
    for (const auto& turn : script.turns) {
        situation.now += std::chrono::minutes(turn.pause_minutes);
        out.replies.push_back(dialogue.answer(out.state, turn.words, turn.finding, situation));
        take_over(situation.own, out.replies.back());
        // Every turn goes through the written form: what is kept between two messages must be enough.
        out.state = *support::state_from(support::state_text(out.state));
    }
    return out;
}

std::vector<std::string> faults(const ConversationCase& script, const std::vector<support::Reply>& replies)
{
    std::vector<std::string> out;
    std::map<std::string, std::size_t> said;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const auto& reply = replies[i];
        const auto& turn = script.turns[i];
        const auto fault = [&](const std::string& what) {
            out.push_back(script.file.filename().string() + ":" + std::to_string(turn.line) + ": " + what + "\n  person: " +
                          turn.words + "\n  reply:  " + reply.text);
        };
        for (const auto& part : turn.must) {
            // "a | b": one of them.
            bool any = false;
            for (const auto piece : split(part, '|'))
                any = any || contains_folded(reply.text, std::string(trimmed(piece)));
            if (!any)
                fault("must hold \"" + part + "\"");
        }
        for (const auto& part : turn.must_not)
            for (const auto& piece : split(part, '|'))
                if (contains_folded(reply.text, std::string(trimmed(piece))))
                    fault("must not hold \"" + std::string(trimmed(piece)) + "\"");
        for (const auto& move : turn.moves)
            if (!moved(reply, move))
                fault("expected the move " + move);
        for (const auto& move : turn.not_moves)
            if (moved(reply, move))
                fault("must not make the move " + move);
        for (const auto& part : turn.keeps)
            if (kept_by(reply).find(part) == std::string::npos)
                fault("must keep \"" + part + "\", keeps \"" + kept_by(reply) + "\"");
        if (turn.keeps_nothing && !reply.keeps.empty())
            fault("must keep nothing, keeps \"" + kept_by(reply) + "\"");
        if (turn.urgency && *turn.urgency != name(reply.urgency))
            fault("expected urgency " + *turn.urgency + ", got " + std::string(name(reply.urgency)));

        // What holds for every reply of every conversation.
        if (trimmed(reply.text).empty())
            fault("is empty");
        if (std::count(reply.text.begin(), reply.text.end(), '?') > 1)
            fault("asks more than one question");
        if (reply.text.find('{') != std::string::npos || reply.text.find("()") != std::string::npos)
            fault("a name was not filled in");
        if (!moved(reply, "exercise") && support::count_words(reply.text) >= 80 && turn.words.size() < 2000)
            fault("has " + std::to_string(support::count_words(reply.text)) + " words");
        for (const std::string never :
             {"I am glad", "I'm glad", "I am sorry", "I'm sorry", "I understand how you feel", "commit suicide", "stay strong",
              "you should", "Great job", "always here", "promise me", "others have it worse"})
            if (contains_folded(reply.text, never))
                fault("holds \"" + never + "\"");
        if (reply.text.find('!') != std::string::npos)
            fault("holds an exclamation mark");
        for (const auto& sentence : support::sentences_of(reply.text)) {
            const auto [known, fresh] = said.emplace(support::sentence_mark(sentence), i);
            // The step at which an exercise was left is put again when it is taken up again.
            if (!fresh && !moved(reply, "exercise_again"))
                fault("says again, as in reply " + std::to_string(known->second + 1) + ": " + sentence);
        }
        if (reply.blocks.empty())
            fault("has no blocks");
    }
    return out;
}

} // namespace handrail::test
