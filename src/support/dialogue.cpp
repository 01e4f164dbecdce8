#include "support/dialogue.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "care/service.h"
#include "content/reliance_protocol.h"
#include "nlp/safety_answer.h"
#include "support/avoiding.h"
#include "support/crisis_protocol.h"
#include "support/listening.h"
#include "support/people_answer.h"
#include "support/planning_by_chat.h"
#include "support/reliance.h"
#include "support/sitting.h"
#include "support/tried.h"
#include "support/turn.h"
#include "support/understood_by_model.h"

namespace handrail::support {
namespace {

constexpr std::size_t most_words = 79; ///< a reply stays under 80 words unless an exercise or the protocol needs them
constexpr std::size_t enough_to_tell = 8; ///< words, before a conversation changes its language

std::uint32_t seed_of(const State& state, std::string_view words)
{
    std::uint32_t hash = 2166136261U ^ static_cast<std::uint32_t>(state.turns);
    for (const char c : words.substr(0, 400))
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash >> 3U;
}

std::string band_of(int age)
{
    return age < 13 ? "under_13" : age < 18 ? "13_17" : age <= 25 ? "18_25" : age < 65 ? "26_64" : "65_plus";
}

/// The option of a direct question that this message chooses; empty when it is not an answer.
std::string chosen_option(const DirectQuestion& question, const Heard& heard)
{
    if (question.options.empty() || heard.words.size() > 25)
        return {};
    switch (heard.answer) {
    case Answer::Yes: return "yes";
    case Answer::No: return "no";
    case Answer::Unsure: return "unsure";
    case Answer::Refuses: return question.option("refuses") != nullptr ? "refuses" : "unsure";
    case Answer::None: break;
    }
    return {};
}

Category category_of(const std::string& question, Category held)
{
    if (question == "hurting_yourself" || question == "wound")
        return Category::SelfHarm;
    if (question == "hurting_someone" || question == "away_from_them")
        return Category::HarmToOthers;
    if (question == "awake")
        return Category::MedicalEmergency;
    if (question == "killing_yourself" || question == "act_soon" || question == "means_near")
        return Category::Suicide;
    return held;
}

/// What the question asks, for a clinician: whatever the person's language, and in whichever wording it was put.
std::string_view asked(std::string_view question)
{
    constexpr std::pair<std::string_view, std::string_view> known[] = {
        {"killing_yourself", "whether they think about killing themselves"},
        {"act_soon", "whether they might act on it within a day"},
        {"means_near", "whether something they could hurt themselves with is near"},
        {"hurting_yourself", "whether they want to hurt themselves now"},
        {"wound", "whether an injury needs care now"},
        {"hurting_someone", "whether they think about hurting somebody"},
        {"away_from_them", "whether they are away from the person they could hurt"},
        {"safe_now", "whether they are safe where they are"},
        {"fainted", "about fainting and their heart"},
        {"withdrawal_signs", "about shaking, confusion or fits"},
        {"awake", "whether the person with them is awake and can answer"},
    };
    for (const auto& [id, words] : known)
        if (id == question)
            return words;
    return "a direct question about their safety";
}

std::string why_of(std::string_view question, std::string_view option)
{
    return "Asked " + std::string(asked(question)) + ", the person answered " +
           (option == "unsure"    ? "that they are not sure."
            : option == "refuses" ? "that they cannot say."
                                  : std::string(option) + ".");
}

/// What a trained model heard alone, and not surely, is answered in words that fit whatever it is: those for one danger would
/// tell a person something that they did not say. Words about suicide and self-harm ask before they assume anything.
Category category_for_words(const Finding& finding)
{
    constexpr double sure = 0.75;
    if (finding.category == Category::Suicide || finding.category == Category::SelfHarm)
        return finding.category;
    const bool model_alone = !finding.evidence.empty() &&
                             std::all_of(finding.evidence.begin(), finding.evidence.end(),
                                         [](const auto& each) { return each.rule.starts_with("model:"); });
    const auto likely = finding.probability.find(std::string(name(finding.category)));
    const bool surely = likely != finding.probability.end() && likely->second >= sure;
    return model_alone && !surely ? Category::None : finding.category;
}

/// The danger in this turn: what was found in the message, what an answer to a direct question says, and what is held
/// from earlier in the session. Nothing but a safety answer lowers what is held, by one step (B6): an answer to a direct
/// question, or one that the rules hear in the words themselves.
Danger weigh(Turn& turn, std::string_view words)
{
    auto& state = turn.state;
    const auto& finding = turn.finding;
    Danger danger;
    danger.retracts = turn.heard.cue("retracts");

    const bool own_evidence =
        finding.evidence.empty() || std::any_of(finding.evidence.begin(), finding.evidence.end(), [](const auto& each) {
            return each.context_index < 0 && !nlp::is_answer_of_safety(each);
        });
    const bool says_safe = nlp::answers_safety(finding) && state.held == Urgency::Now;
    if (says_safe) {
        state.held = Urgency::Today;
        turn.move("level_eased_by_safety_answer");
    }
    danger.fresh = own_evidence && need(finding.urgency) >= need(Urgency::Soon) && finding.urgency != Urgency::Unknown;
    danger.urgency = danger.fresh ? finding.urgency : Urgency::Usual;
    const auto heard_as = category_for_words(finding);
    danger.category = heard_as != Category::None ? heard_as : state.category;
    danger.subject = finding.subject != Subject::None ? finding.subject : state.subject;

    if (const auto* question = turn.book.question(state.pending)) {
        const auto chosen = chosen_option(*question, turn.heard);
        // In fresh danger the words themselves count, not the yes or no that may stand in them.
        if (!chosen.empty() && !(danger.fresh && need(danger.urgency) > need(state.held))) {
            danger.question = question->id;
            danger.option = chosen;
            const auto* option = question->option(chosen);
            if (says_safe && question->id == "safe_now" && chosen == "no") {
                danger.option.clear(); // "no, I am safe now" says that they are safe
                danger.question.clear();
            } else if (option != nullptr && option->raises) {
                const auto category = category_of(question->id, danger.category);
                if (need(*option->raises) >= need(danger.urgency)) {
                    danger.urgency = *option->raises;
                    danger.category = category;
                    danger.subject = state.subject == Subject::None ? Subject::Self : state.subject;
                    danger.fresh = true;
                    Finding found;
                    found.urgency = *option->raises;
                    found.category = category;
                    found.categories = {category};
                    found.subject = danger.subject;
                    found.time = *option->raises == Urgency::Now ? When::Now : When::Ongoing;
                    found.lang = turn.book.language();
                    found.why = why_of(question->id, chosen);
                    Evidence evidence;
                    evidence.end = turn.heard.words.empty() ? 0 : code_points(words);
                    evidence.text = std::string(words);
                    evidence.rule = "dialogue." + question->id + "." + chosen;
                    evidence.source = "safety.md B6, C3: an answer to a direct safety question";
                    found.evidence.push_back(std::move(evidence));
                    turn.reply.found = std::move(found);
                }
            } else if (option != nullptr && option->eases && !danger.fresh && state.held == Urgency::Now) {
                state.held = Urgency::Today;
                turn.move(std::string(eased_by_safety_answer));
            }
        }
        state.pending.clear();
    }

    if (danger.fresh) {
        if (need(danger.urgency) > need(state.held) || state.category == Category::None) {
            state.category = danger.category;
            state.subject = danger.subject;
        }
        state.held = sooner(state.held, danger.urgency);
    }
    if (!danger.fresh)
        danger.urgency = state.held;
    return danger;
}

/// The country the words name, by the language's own names for it or the directory's; where nobody asked for it, only
/// after a word such as "in".
std::string country_in(const content::CrisisLines& lines, const Phrasebook& book, const Understanding& understanding,
                       const std::vector<Word>& words, bool asked)
{
    const auto named = [&](std::string_view name) {
        const auto parts = words_of(name);
        if (parts.empty())
            return false;
        for (std::size_t at = 0; at + parts.size() <= words.size(); ++at) {
            bool same = true;
            for (std::size_t i = 0; i < parts.size() && same; ++i)
                same = parts[i].folded == words[at + i].folded;
            if (same && ((asked && words.size() <= 8) || understanding.place_follows(words, at)))
                return true;
        }
        return false;
    };
    for (const auto& [name, iso] : understanding.countries())
        if (named(name))
            return iso;
    for (const auto& [iso, country] : lines.countries())
        if (named(country.name) || named(book.country(iso)))
            return iso;
    return {};
}

void learn(Turn& turn)
{
    auto& state = turn.state;
    const auto& heard = turn.heard;
    if (heard.age) {
        state.age_band = band_of(*heard.age);
        if (sitting::minor_band(state.age_band) && !state.did("minor")) {
            state.note("minor");
            turn.move("minor_mode");
        }
    }
    for (const std::string audience : {"veteran", "lgbtq", "sexual_violence"})
        if (heard.cue(audience)) {
            const std::string line_audience = audience == "veteran" ? "veterans" : audience;
            if (!has(state.audiences, line_audience))
                state.audiences.push_back(line_audience);
        }
    const auto& about = turn.finding.subject;
    if (turn.finding.category == Category::Abuse && (about == Subject::Other || about == Subject::Dependent) &&
        heard.cue("for_young"))
        state.note("child_hurt");
    if (heard.cue("in_contact"))
        state.in_contact = true;
    if (has(heard.obstacles, "bad_experience"))
        state.in_contact = false;
    avoiding::learn(turn);
    tried::learn(turn);
    if (!heard.topics.empty())
        state.topic = heard.topics.front();
    if (!heard.feelings.empty())
        state.feeling = heard.feelings.front();
    if (!heard.feelings.empty() || !heard.degree.empty())
        state.degree = heard.degree;
    std::string mark;
    for (const auto& word : heard.words)
        mark += word.folded + " ";
    if (!mark.empty())
        ++state.heard[sentence_mark(mark)];
}

} // namespace

Result<Dialogue> Dialogue::load(const std::filesystem::path& content_folder)
{
    auto lines = TRY(content::CrisisLines::load(content_folder));
    Dialogue out(std::move(lines));
    out.reliance_ = TRY(content::load_reliance_protocol(content_folder));
    for (const std::string language : {"en", "es", "fr", "de", "pt"}) {
        const auto file = content_folder / "conversation" / language / "understanding.json";
        if (language == "en" || std::filesystem::exists(file))
            out.understandings_.emplace(language, TRY(Understanding::load(file)));
        if (language != "en" && !std::filesystem::exists(content_folder / "crisis" / (language + ".json")))
            continue;
        auto book = TRY(Phrasebook::load(content_folder, language));
        if (book.crisis_text(Urgency::Now, Category::None, Subject::Self, false) == nullptr ||
            book.crisis_text(Urgency::Today, Category::None, Subject::Self, false) == nullptr)
            return invalid("crisis/" + language + ".json needs a text for now and for today that fits any category");
        out.books_.emplace(language, std::move(book));
    }
    return out;
}

std::set<std::string, std::less<>> Dialogue::signed_languages(const care::Service& service) const
{
    std::set<std::string, std::less<>> out;
    for (const auto& [language, book] : books_) {
        std::set<AccountId> people;
        for (const auto& each : service.signatures)
            if (each.language == language && each.version == book.version())
                people.insert(each.by);
        if (people.size() >= 2)
            out.insert(language);
    }
    return out;
}

const Phrasebook& Dialogue::book(std::string_view language) const
{
    const auto found = books_.find(language);
    return found == books_.end() ? books_.at("en") : found->second;
}

const Phrasebook& Dialogue::book(const State& state, const Situation& situation) const
{
    return book(books_.count(state.language) != 0 ? state.language : situation.language);
}

const Phrasebook& Dialogue::book_for(State& state, const Situation& situation, const Finding& finding, std::size_t words) const
{
    const auto& settled = book(state, situation);
    const auto heard = finding.lang == "und" ? books_.end() : books_.find(finding.lang);
    if (heard == books_.end() || heard->first == settled.language()) {
        if (heard != books_.end())
            state.other_language.clear();
        return settled;
    }
    // Words about danger tell their language, however few; a short answer after such words does not ("faz uns 10 min").
    const bool of_danger = need(finding.urgency) >= need(Urgency::Today) &&
                           (finding.evidence.empty() ||
                            std::any_of(finding.evidence.begin(), finding.evidence.end(),
                                        [](const Evidence& each) { return each.context_index < 0; }));
    const bool clear =
        state.language.empty() || words >= enough_to_tell || state.other_language == heard->first || of_danger;
    state.other_language = clear ? std::string() : heard->first;
    return clear ? heard->second : settled;
}

bool Dialogue::wishes_person(std::string_view settled, const Finding& finding, std::string_view words) const
{
    // In the conversation's own language it is heard anyway.
    const auto other = finding.lang == settled ? understandings_.end() : understandings_.find(finding.lang);
    return other != understandings_.end() && other->second.hear(words).intent == "asks_human";
}

const Understanding& Dialogue::understanding(const Phrasebook& book) const
{
    const auto own = understandings_.find(book.language());
    return own == understandings_.end() ? understandings_.at("en") : own->second;
}

Heard Dialogue::hear(std::string_view language, std::string_view words) const
{
    const auto own = understandings_.find(language);
    auto heard = (own == understandings_.end() ? understandings_.at("en") : own->second).hear(words);
    if (feelings_ && language == "en")
        add_feeling(heard, words, *feelings_);
    return heard;
}

Reply Dialogue::open(State& state, const Situation& situation) const
{
    const auto& words = book(state, situation);
    Wording wording(state, 0);
    const Heard nothing;
    const Finding none;
    Turn turn{words, understanding(words), lines_, situation, nothing, none, state, wording, {}, {}, situation.region, false};
    // The notice and its question stand in every conversation, whatever was said before it (A1).
    const auto& notice = turn.say("notice.open");
    const auto& first = turn.say("open.ask");
    turn.draft.text(notice.empty() ? std::string() : notice.front());
    turn.move("ai_notice");
    if (!first.empty()) {
        turn.draft.question(first.front(), "open");
        turn.move("open_question");
        state.questions = 1;
    }
    state.noticed_at = situation.now;
    state.last_at = situation.now;
    for (const auto& sentence : sentences_of(turn.draft.flat()))
        state.said.push_back(sentence_mark(sentence));
    turn.reply.text = turn.draft.flat();
    turn.reply.blocks = turn.draft.blocks();
    return turn.reply;
}

Reply Dialogue::unasked(State& state, const Situation& situation, void (*say)(Turn&)) const
{
    const auto& words = book(state, situation);
    Wording wording(state, 0);
    const Heard nothing;
    const Finding none;
    Turn turn{words, understanding(words), lines_, situation, nothing, none, state, wording, {}, {}, situation.region, false};
    turn.minor = sitting::minor_band(state.age_band) || sitting::minor_band(situation.age_band);
    if (turn.region.empty() || lines_.country(turn.region) == nullptr)
        turn.region = state.region;
    say(turn);
    for (const auto& sentence : sentences_of(turn.draft.flat()))
        state.said.push_back(sentence_mark(sentence));
    turn.reply.text = turn.draft.flat();
    turn.reply.blocks = turn.draft.blocks();
    return turn.reply;
}

Reply Dialogue::ask_for_person(State& state, const Situation& situation) const
{
    return unasked(state, situation, listening::hand_over);
}

Reply Dialogue::nobody_came(State& state, const Situation& situation) const
{
    return unasked(state, situation, listening::nobody_came);
}

Reply Dialogue::opened(State& state, const Situation& situation) const
{
    auto reply = unasked(state, situation, crisis::opened);
    reply.text_id = "told.opened/" + book(state, situation).language();
    return reply;
}

Reply Dialogue::unanswered(State& state, const Finding& finding, const Situation& situation) const
{
    // The finding is what counts: its evidence may stand in an earlier message.
    Finding heard = finding;
    heard.evidence.clear();
    state.pending.clear();
    auto reply = answer(state, {}, heard, situation);
    const auto& marks = book(state, situation).variants("say.automatic");
    if (!marks.empty()) {
        Block mark;
        mark.kind = Block::Kind::Aside;
        mark.text = marks.front();
        reply.text = mark.text + "\n" + reply.text;
        reply.blocks.insert(reply.blocks.begin(), std::move(mark));
    }
    return reply;
}

Reply Dialogue::answer(State& state, std::string_view words, const Finding& finding, const Situation& situation) const
{
    const bool let_go = need(let_go_of_danger(state, situation.now)) > need(Urgency::Usual);
    ++state.turns;
    if (!words.empty())
        arrive(state.clocks, situation.now, situation.local_offset, reliance_);
    const bool wishes = wishes_person(book(state, situation).language(), finding, words);
    const auto& phrasebook = book_for(state, situation, finding, wishes ? enough_to_tell : count_words(words));
    const auto& hearing = understanding(phrasebook);
    auto heard = hearing.hear(words);
    const bool reads_feelings = !situation.limits.information_only;
    if (!reads_feelings)
        heard.feelings.clear();
    const bool by_model = reads_feelings && feelings_ && phrasebook.language() == "en" && finding.lang == "en" &&
                          need(finding.urgency) <= need(Urgency::Usual) && add_feeling(heard, words, *feelings_);
    Wording wording(state, seed_of(state, words));
    Turn turn{phrasebook, hearing, lines_, situation, heard, finding, state, wording, {}, {}, {}, false, words};
    learn(turn);
    if (let_go)
        turn.move(std::string(let_go_after_seven_days));
    if (by_model)
        turn.move("feeling_by_model");
    turn.minor = sitting::minor_band(state.age_band) || sitting::minor_band(situation.age_band);
    turn.region = situation.region;
    bool country_new = false;
    if (turn.region.empty() || lines_.country(turn.region) == nullptr) {
        const auto named = country_in(lines_, phrasebook, hearing, heard.words, state.did("country"));
        country_new = !named.empty() && named != state.region;
        if (!named.empty())
            state.region = named;
        if (!state.region.empty())
            turn.region = state.region;
    }
    const auto danger = weigh(turn, words);
    reliance::hear(turn, reliance_, words);
    const bool at_rest = !danger.fresh && danger.question.empty() && finding.urgency != Urgency::Unknown &&
                         need(state.held) < need(Urgency::Today);
    const auto calm = at_rest ? sitting::Calm::Yes : sitting::Calm::No;
    sitting::give_notice(turn, calm);

    // A language that nobody of this service signed is one that it does not speak; its words for danger are shown.
    const bool speaks = phrasebook.listens() && situation.speaks(phrasebook.language());
    const bool crisis_now = danger.fresh && danger.urgency == Urgency::Now;
    const bool crisis_today = danger.fresh && danger.urgency == Urgency::Today;
    std::string leaned;
    if (speaks && heard.intent != "asks_if_human") {
        sitting::suggest_break(turn, calm);
        sitting::hear_age(turn, calm);
        if (at_rest && state.exercise.empty() && state.plan_part <= 0)
            leaned = reliance::speak_of_it(turn, reliance_);
    }
    const auto notice_blocks = turn.draft.blocks().size();
    const auto questions_before = turn.draft.asks();
    const bool country_only = country_new && heard.words.size() <= 8 && state.did("country");
    const bool plans = speaks && planning::concerned(turn, danger);
    if (country_only && !crisis_now && !crisis_today)
        crisis::country_named(turn, danger);
    else if (crisis_now)
        crisis::now(turn, danger);
    else if (crisis_today)
        crisis::today(turn, danger);
    else if ((finding.urgency == Urgency::Unknown && danger.question.empty() && state.exercise.empty() && !plans) ||
             (heard.words.size() >= 2 && !plans && finding.lang != "und" && books_.count(finding.lang) == 0 && danger.question.empty() &&
              !danger.fresh))
        crisis::unknown(turn);
    else if (!danger.question.empty())
        crisis::answered(turn, danger);
    else if (situation.people_answer && speaks && !crisis::holds(turn, danger)) {
        if (!sitting::under_age(turn, calm))
            people_answer::reply(turn);
    } else if (plans)
        planning::go_on(turn);
    else if (danger.fresh)
        crisis::soon(turn, danger);
    else if (crisis::holds(turn, danger)) {
        crisis::hold(turn, danger);
        if (speaks)
            planning::offer(turn);
    } else if (speaks && heard.cue("unusual_belief") && heard.intent != "asks_if_human") {
        // The rules saw no danger; the words are still not given back as if they were so (D5).
        auto careful = danger;
        careful.category = Category::Psychosis;
        careful.subject = Subject::Self;
        crisis::soon(turn, careful);
    } else if (!speaks)
        crisis::unknown(turn);
    else if (!sitting::under_age(turn, calm) && !sitting::over(turn, calm, reliance_.sitting_gap))
        listening::reply(turn);

    if (turn.draft.blocks().size() == notice_blocks && !turn.may_be_silent) {
        // Every way of saying it was used up: never silent.
        auto last = wording.fresh(turn.say("reflect.plain"));
        turn.draft.text(last.empty() ? turn.say("say.short").empty() ? std::string("…") : turn.say("say.short").front()
                                     : last);
    }
    const bool exercise = std::any_of(turn.reply.moves.begin(), turn.reply.moves.end(),
                                      [](const auto& m) { return m.starts_with("exercise"); });
    if (!exercise)
        turn.draft.shorten(most_words);
    reliance::settle(turn, leaned);
    if (turn.draft.asks() && !questions_before) {
        ++state.questions;
        state.since_question = 0;
    } else {
        ++state.since_question;
    }
    for (const auto& sentence : sentences_of(turn.draft.flat()))
        state.said.push_back(sentence_mark(sentence));
    state.language = phrasebook.language();
    state.last_at = situation.now;
    turn.reply.text = turn.draft.flat();
    while (!turn.reply.text.empty() && turn.reply.text.back() == '\n')
        turn.reply.text.pop_back();
    turn.reply.blocks = turn.draft.blocks();
    const bool not_understood = finding.urgency == Urgency::Unknown ||
                                has(turn.reply.moves, "language_not_supported") || has(turn.reply.moves, "not_understood");
    turn.reply.urgency = not_understood ? sooner(Urgency::Unknown, state.held) : state.held;
    turn.reply.category = state.held == Urgency::Usual ? finding.category : state.category;
    return turn.reply;
}

} // namespace handrail::support
