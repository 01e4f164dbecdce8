#include "support/conversation_desk.h"

#include <algorithm>
#include <array>

#include "base/fields.h"
#include "base/text.h"
#include "care/documents.h"
#include "support/conversation_rows.h"
#include "support/readable.h"
#include "support/sent_once.h"
#include "support/sitting.h"
#include "support/standing_words.h"
#include "support/wording_by_model.h"
#include "support/words.h"
#include "trust/consent_desk.h"

namespace handrail::support {

namespace {

constexpr std::size_t longest_message = 20'000;
constexpr int page_of = 50;
constexpr int most_tries = 6;

constexpr rows::Statement select_queue{
    "conversation.queue",
    "SELECT c.conversation, c.person, c.state, c.held_by, c.urgency, c.changed_at FROM conversation c "
    "JOIN person p ON p.organisation = c.organisation AND p.person = c.person "
    "JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "WHERE c.organisation = $1 AND c.state IN ('waiting', 'human') AND m.account = $2"};

/// A level falls by these rules and no other, and the record says that it did (safety.md B6).
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> lowering{
    {{eased_by_safety_answer, "ease.danger"}, {let_go_after_seven_days, "let_go.danger"}}};

Result<void> sensible(const std::string& words)
{
    if (!readable(words))
        return invalid("Write something first.", "/text");
    if (code_points(words) > longest_message)
        return Error{ErrorKind::TooMuch, "This message has more than 20,000 characters. Send it in parts.", {}, "/text"};
    return {};
}

void announce(trust::Writing& writing, ConversationId conversation, PersonId person)
{
    writing.announce("message", conversation.text() + " " + person.text());
}

} // namespace

Result<Conversation> ConversationDesk::current(const Actor& actor, std::string_view channel) const
{
    ensure(actor.person().has_value(), "only a person has a conversation of their own");
    std::optional<Conversation> found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        auto held = TRY(read_latest(reading, *actor.person()));
        if (!held)
            return {};
        held->conversation.messages = TRY(messages_of(reading, held->conversation.id, std::nullopt, page_of));
        if (held->conversation.messages.size() == page_of)
            held->conversation.earlier = held->conversation.messages.front().at;
        TRY(tell_wait(reading, held->conversation, held->dialogue.language));
        found = held->conversation;
        reading.note({"read.conversation", *actor.person(), "conversation", found->id, {}, {}});
        return {};
    }));
    if (found)
        return *found;
    return open_new(actor.preparing(), true, channel);
}

Result<std::vector<Message>> ConversationDesk::earlier(const Actor& actor, std::optional<ConversationId> conversation,
                                                       Instant before) const
{
    std::vector<Message> messages;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        const auto held = conversation ? std::optional{TRY(read_one(reading, *conversation))}
                                       : TRY(read_latest(reading, *actor.person()));
        if (!held)
            return {};
        const auto& found = held->conversation;
        TRY(reading.admit(found.person, trust::Scope::Words));
        messages = TRY(messages_of(reading, found.id, before, page_of));
        reading.note({"read.conversation", found.person, "conversation", found.id, {}, {}});
        return {};
    }));
    return messages;
}

Result<Exchange> ConversationDesk::write(const Actor& actor, const std::string& words,
                                         const std::string& client_id, std::string_view channel, Answers answers) const
{
    TRY(sensible(words));
    const auto person = *actor.person();
    const auto once = sent_once(actor, client_id);
    bool asked_model = false; // once for a message: overtaken, its reply is the built-in one
    for (int tries = 0; tries < most_tries; ++tries) {
        // Read, screen and word the reply without holding the writer; then write, unless someone wrote in between.
        std::optional<Held> held;
        std::optional<Exchange> before;
        Situation here;
        std::vector<std::string> context;
        std::vector<Message> messages; // for a language model, which is told both sides
        bool model_may_word = false;
        TRY(record_.prepare(actor, [&](trust::Reading& reading) -> Result<void> {
            if (!client_id.empty())
                if (const auto sent = TRY(sent_before(reading, once))) {
                    const auto found = read_message(reading, sent->first, sent->second);
                    if (!found.ok() && found.error().kind == ErrorKind::NotFound)
                        return conflict("This message arrived and was answered. It is no longer kept.");
                    const auto message = TRY(Result{found});
                    before = Exchange{message, TRY(replies_to(reading, message)), true};
                    return {};
                }
            held = TRY(read_latest(reading, person));
            if (!held)
                return {};
            here = TRY(situation_of(reading, person));
            context = TRY(late_words(reading, *held));
            if (held->conversation.state == ConversationState::Human)
                return {}; // the AI says nothing, so it need not know more
            here.people_answer = answers == Answers::People;
            here.waiting = held->conversation.state == ConversationState::Waiting;
            here.own = TRY(own_of(reading, person, held->conversation.memory));
            model_may_word = !asked_model && !here.limits.information_only && !here.people_answer &&
                             TRY(model_may(reading, person));
            if (model_may_word)
                messages = TRY(messages_of(reading, held->conversation.id, std::nullopt, page_of));
            return {};
        }));
        if (before)
            return *before;
        if (!held) {
            TRY(open_new(actor.preparing(), true, channel));
            continue;
        }
        bool screened = false;
        const auto finding = [&] {
            auto found = screener_.screen(words, context, here.language);
            screened = true;
            return found;
        }();

        here.told.wait_minutes = static_cast<int>(
            std::chrono::duration_cast<std::chrono::minutes>(alerts_.time_to_answer(finding.urgency)).count());
        auto next = *held;
        auto& conversation = next.conversation;
        const bool ai_answers = conversation.state != ConversationState::Human;
        std::optional<Reply> reply;
        Finding effective = finding;
        if (ai_answers) {
            reply = dialogue_.answer(next.dialogue, words, finding, here);
            if (reply->text.empty())
                reply.reset(); // people answer here, and it was said that they do
        }
        if (reply) {
            // Fixed texts are signed as they are; everything else is read once more before it goes out (safety.md B1).
            if (reply->text_id.empty()) {
                // While danger is held, a live contact was given before or stands in this reply (C1).
                const bool danger = reply->urgency == Urgency::Today || reply->urgency == Urgency::Now;
                GuardContext around{next.dialogue.language, here.region, danger ? std::optional{Urgency::Today} : std::nullopt,
                                    reply->category, finding.subject,
                                    sitting::minor_band(here.age_band) || sitting::minor_band(next.dialogue.age_band),
                                    !next.dialogue.given.empty()};
                if (model_may_word && model_->fits(*reply, next.dialogue, finding.urgency)) {
                    asked_model = true;
                    word_by_model(actor, words, messages, next, *reply, around);
                }
                around.model = GuardContext::Model::Silent; // what a model said was read as such, sentence by sentence
                if (const auto verdict = guard_.check(reply->text, around, dialogue_); !verdict.allowed) {
                    reply->text = verdict.replacement;
                    reply->by_model = false;
                    Block instead;
                    instead.text = verdict.replacement;
                    reply->blocks = {std::move(instead)};
                    next.dialogue.to_remember.clear(); // what was not asked has no answer
                }
            }
            if (reply->found && need(reply->found->urgency) > need(finding.urgency))
                effective = *reply->found;
        }
        conversation.urgency = sooner(conversation.urgency, effective.urgency);
        if (reply && reply->wants_person && conversation.state == ConversationState::Ai) {
            conversation.state = ConversationState::Waiting;
            conversation.since = here.now;
        } else if (reply && here.staffed && conversation.state == ConversationState::Ai &&
                   effective.urgency == Urgency::Today) {
            offer_person(*reply);
        }

        const bool unheard = !ai_answers && need(effective.urgency) >= need(Urgency::Today);
        Exchange exchange;
        bool overtaken = false;
        TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
            const Instant now = held->after(writing.now());
            overtaken = false;
            exchange = {};
            if (!TRY(is_latest(writing, *held))) {
                overtaken = true;
                return {};
            }
            auto& message = exchange.message;
            message.id = MessageId::at(now);
            message.conversation = conversation.id;
            message.person = person;
            message.at = now;
            message.urgency = effective.urgency;
            message.text = words;
            message.client_id = client_id;
            if (!client_id.empty()) {
                if (TRY(sent_before(writing, once))) {
                    overtaken = true; // the same words from another connection: told as they were answered there
                    return {};
                }
                TRY(remember_sent(writing, once, conversation.id, message.id));
            }
            TRY(insert_message(writing, message));
            writing.after_commit([tallied = tallied_, screened] {
                ++tallied->received;
                tallied->screened += screened ? 1U : 0U;
            });
            const auto state = TRY(care::read_person_state(writing, person));
            care::Help told;
            if (reply) {
                told.text = reply->text;
                told.text_id = reply->text_id;
            }
            const auto followed =
                TRY(listening_.follow(writing,
                                      {person, "message", message.id, conversation.id, effective,
                                       held->conversation.state != ConversationState::Ai},
                                      state, told));
            // The reply's instant comes after the message's, so that both sort as they were said.
            Instant last = now;
            if (reply) {
                Message answer;
                last = now + std::chrono::milliseconds{1};
                answer.id = MessageId::at(last);
                answer.conversation = conversation.id;
                answer.person = person;
                answer.author = Author::Ai;
                answer.at = last;
                answer.text = reply->text;
                answer.text_id = reply->text_id;
                answer.by_model = reply->by_model;
                answer.blocks = reply->blocks;
                TRY(insert_message(writing, answer));
                exchange.replies.push_back(std::move(answer));
                TRY(keep_all(writing, person, reply->keeps));
            }
            auto changed = next;
            auto& wait = changed.conversation.wait;
            if (unheard) {
                // Danger that a human has to answer: the first one's time counts, the gravest one's words (G2).
                const auto due = now + alerts_.time_to_answer(effective.urgency, true);
                if (!wait || need(effective.urgency) >= need(wait->urgency))
                    wait = HumanWait{HumanWait::For::Reply, wait ? std::min(wait->due_at, due) : due, effective.urgency,
                                     followed.finding, followed.alert, {}};
            } else if (conversation.state == ConversationState::Waiting) {
                const auto due = TRY(person_due(writing, conversation.urgency));
                if (held->conversation.state == ConversationState::Ai || (!wait && reply && reply->wants_person))
                    wait = HumanWait{HumanWait::For::Person, due, {}, {}, {}, reply->text};
                else if (wait)
                    wait->due_at = std::min(wait->due_at, due);
            } else if (ai_answers) {
                wait = std::nullopt; // whatever had no reply has one now
            }
            changed.conversation.changed_at = std::max(last, held->read_at + std::chrono::microseconds{1});
            TRY(update(writing, changed));
            TRY(care::mark_heard(writing, person, now));
            writing.note({"write.message", person, "message", message.id, {}, {}});
            for (const auto& [move, deed] : lowering)
                if (reply && std::find(reply->moves.begin(), reply->moves.end(), move) != reply->moves.end())
                    writing.note({deed, person, "conversation", conversation.id, {}, {}});
            announce(writing, conversation.id, person);
            return {};
        }));
        if (!overtaken)
            return exchange;
    }
    return Error{ErrorKind::Conflict, "Too many messages arrived at once. Send this one again.", {}, {}};
}

Result<bool> ConversationDesk::model_may(trust::Reading& reading, PersonId person) const
{
    if (model_ == nullptr)
        return false;
    // A yes names the vendor and the address: to others nothing goes.
    for (const auto& consent : TRY(trust::ConsentDesk(record_).current(reading, person)))
        if (consent.purpose == "language_model" && consent.granted && consent.wording == model_->named()) {
            const auto midnight = std::chrono::floor<std::chrono::days>(reading.now());
            return TRY(times_sent(reading, person, midnight)) < model_->replies_a_day();
        }
    return false;
}

void ConversationDesk::word_by_model(const Actor& actor, const std::string& words, const std::vector<Message>& before,
                                     Held& held, Reply& reply, const GuardContext& around) const
{
    const auto person = *actor.person();
    // On disk before it leaves, and only while the yes still stands.
    const auto leaves = [&](const SentWords& sent) {
        return record_.write(actor.preparing(), [&](trust::Writing& writing) -> Result<void> {
            if (!TRY(model_may(writing, person)))
                return not_allowed("Nothing is sent without consent.");
            TRY(write_down(writing, person, sent));
            writing.note({"send.language_model", person, "document", {}, {}, {}});
            return {};
        });
    };
    const auto worded = model_->word({before, words, reply, around, held.conversation.id, held.dialogue.pseudonyms}, guard_,
                                     dialogue_, screener_, leaves);
    if (!worded)
        return;
    put_words(reply, *worded);
    reply.moves.emplace_back("worded_by_model");
    reply.by_model = true;
    for (const auto& sentence : *worded)
        held.dialogue.said.push_back(sentence_mark(sentence));
}

Result<std::vector<SentWords>> ConversationDesk::sent_to_models(const Actor& actor, Instant before, int most) const
{
    std::vector<SentWords> sent;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        sent = TRY(sent_words(reading, *actor.person(), before, most));
        reading.note({"read.sent_words", *actor.person(), "document", {}, {}, {}});
        return {};
    }));
    return sent;
}

Result<Exchange> ConversationDesk::choose(const Actor& actor, MessageId message, const std::string& choice,
                                          Answers answers) const
{
    std::string words;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        const auto held = TRY(read_latest(reading, *actor.person()));
        if (!held)
            return conflict("This conversation was closed.");
        const auto asked = TRY(read_message(reading, held->conversation.id, message));
        for (const auto& block : asked.blocks)
            for (const auto& each : block.choices)
                if (each.id == choice)
                    words = each.text;
        reading.note({"read.conversation", *actor.person(), "message", message, {}, {}});
        if (words.empty())
            return invalid("That was not one of the choices. You can also write it your way.", "/choice");
        return {};
    }));
    // One touch sent twice is one answer.
    return write(actor, words, "choice-" + message.text() + "-" + choice, "web", answers);
}

std::string ConversationDesk::words(std::string_view language, std::string_view key) const
{
    const auto& own = dialogue_.book(language).variants(key);
    const auto& words = own.empty() ? dialogue_.book("en").variants(key) : own;
    return words.empty() ? std::string() : words.front();
}

std::vector<std::string> ConversationDesk::offered_languages(const care::Service& service) const
{
    const auto& books = dialogue_.phrasebooks();
    const auto with_signatures = dialogue_.signed_languages(service);
    std::vector<std::string> out{"en"};
    for (const char* language : {"es", "fr", "de", "pt"})
        if (books.contains(language) && (languages_ == Languages::Every || with_signatures.contains(language)))
            out.emplace_back(language);
    return out;
}

std::string ConversationDesk::staffed_words(std::string_view language, const care::Staffed& staffed) const
{
    return support::staffed_words(dialogue_.book(language), staffed);
}

Result<std::string> ConversationDesk::language_of(const Actor& actor) const
{
    std::string language;
    TRY(record_.prepare(actor, [&](trust::Reading& reading) -> Result<void> {
        language = TRY(care::read_person_state(reading, *actor.person())).language;
        return {};
    }));
    return language;
}

std::string ConversationDesk::text_version(std::string_view language) const
{
    const auto book = dialogue_.phrasebooks().find(language);
    return book == dialogue_.phrasebooks().end() ? std::string() : book->second.version();
}

const std::vector<Exercise>& ConversationDesk::exercises(std::string_view language) const
{
    static const std::vector<Exercise> none;
    const auto& books = dialogue_.phrasebooks();
    auto book = books.find(language);
    if (book == books.end() || book->second.exercises().empty())
        book = books.find(std::string_view("en"));
    return book == books.end() ? none : book->second.exercises();
}

Result<Conversation> ConversationDesk::open(const Actor& actor, ConversationId id) const
{
    std::optional<Conversation> found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        auto held = TRY(read_one(reading, id));
        TRY(reading.admit(held.conversation.person, trust::Scope::Words));
        held.conversation.messages = TRY(messages_of(reading, id, std::nullopt, page_of));
        if (held.conversation.messages.size() == page_of)
            held.conversation.earlier = held.conversation.messages.front().at;
        found = held.conversation;
        reading.note({"read.conversation", found->person, "conversation", id, {}, {}});
        return {};
    }));
    return *found;
}

Result<Conversation> ConversationDesk::take(const Actor& actor, ConversationId id) const
{
    if (!staff_reads(actor))
        return not_allowed("Only a clinician or a lead takes a conversation over.");
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto held = TRY(read_one(writing, id));
        auto& conversation = held.conversation;
        TRY(writing.admit(conversation.person, trust::Scope::Words));
        if (conversation.state == ConversationState::Closed)
            return conflict("This conversation is closed. A new one opens when the person writes.");
        if (conversation.state == ConversationState::Human) {
            if (conversation.held_by == actor.account())
                return {};
            return Error{ErrorKind::Conflict, "A colleague has this conversation. You can read along.", {},
                         "account:" + conversation.held_by.text()};
        }
        const Instant now = held.after(writing.now());
        conversation.state = ConversationState::Human;
        conversation.held_by = actor.account();
        conversation.since = now;
        if (conversation.wait && conversation.wait->what == HumanWait::For::Person)
            conversation.wait = std::nullopt; // somebody came; what has no reply still has none
        conversation.changed_at = std::max(now, held.read_at + std::chrono::microseconds{1});
        TRY(update(writing, held));
        Message joined;
        joined.id = MessageId::at(now);
        joined.conversation = id;
        joined.person = conversation.person;
        joined.author = Author::System;
        joined.author_account = actor.account();
        joined.at = now;
        joined.text = "joined";
        TRY(insert_message(writing, joined));
        writing.note({"take.conversation", conversation.person, "conversation", id, {}, {}});
        announce(writing, id, conversation.person);
        return {};
    }));
    return open(actor, id);
}

Result<Conversation> ConversationDesk::hand_back(const Actor& actor, ConversationId id, const std::string& line) const
{
    if (trimmed(line).empty())
        return invalid("Write one line for whoever comes next.", "/line");
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto held = TRY(read_one(writing, id));
        auto& conversation = held.conversation;
        TRY(writing.admit(conversation.person, trust::Scope::Words));
        if (conversation.state != ConversationState::Human || conversation.held_by != actor.account())
            return conflict("You do not have this conversation.");
        const Instant now = held.after(writing.now());
        conversation.state = ConversationState::Ai;
        conversation.held_by = {};
        conversation.since = std::nullopt;
        conversation.changed_at = std::max(now, held.read_at + std::chrono::microseconds{1});
        TRY(update(writing, held));
        Message left;
        left.id = MessageId::at(now);
        left.conversation = id;
        left.person = conversation.person;
        left.author = Author::System;
        left.author_account = actor.account();
        left.at = now;
        left.text = "left";
        TRY(insert_message(writing, left));
        TRY(care::write_note(writing, conversation.person, id, line)); // whoever comes next reads it
        writing.note({"hand_back.conversation", conversation.person, "conversation", id, {}, line});
        announce(writing, id, conversation.person);
        return {};
    }));
    return open(actor, id);
}

Result<Message> ConversationDesk::write_as_human(const Actor& actor, ConversationId id, const std::string& words,
                                                 const std::string& client_id) const
{
    TRY(sensible(words));
    if (words.find("{name}") != std::string::npos) // of a saved reply
        return invalid("Write the name instead of {name} first.", "/text");
    Message message;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto held = TRY(read_one(writing, id));
        auto& conversation = held.conversation;
        TRY(writing.admit(conversation.person, trust::Scope::Words));
        if (conversation.state != ConversationState::Human || conversation.held_by != actor.account())
            return conflict("Take the conversation over first, so that the person knows who writes.");
        if (!client_id.empty())
            for (const auto& before : TRY(messages_of(writing, id, std::nullopt, page_of)))
                if (before.client_id == client_id && before.author == Author::Human) {
                    message = before;
                    return {};
                }
        const Instant now = held.after(writing.now());
        message = {};
        message.id = MessageId::at(now);
        message.conversation = id;
        message.person = conversation.person;
        message.author = Author::Human;
        message.author_account = actor.account();
        message.at = now;
        message.text = words;
        message.client_id = client_id;
        TRY(insert_message(writing, message));
        conversation.wait = std::nullopt;
        conversation.changed_at = std::max(now, held.read_at + std::chrono::microseconds{1});
        TRY(update(writing, held));
        writing.note({"write.message", conversation.person, "message", message.id, {}, {}});
        announce(writing, id, conversation.person);
        return {};
    }));
    return message;
}

Result<std::vector<Waiting>> ConversationDesk::queue(const Actor& actor) const
{
    std::vector<Waiting> waiting;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        waiting.clear();
        trust::Deed deed{"read.live_queue", std::nullopt, "conversation", {}, {}, {}};
        for (const auto& row : TRY(reading.rows(select_queue, {rows::Value{actor.account()}}))) {
            waiting.push_back({row[0].id<ConversationId>(), row[1].id<PersonId>(), state_in(row[2].text()),
                               row[3].id<AccountId>(), urgency_from(row[4].text()).value_or(Urgency::Unknown),
                               row[5].instant()});
            auto& each = waiting.back();
            deed.listed.push_back(each.person);
            if (each.state != ConversationState::Waiting)
                continue;
            // Since the person asked, and not since they last wrote.
            const auto timer = TRY(read_timer(reading, each.conversation));
            if (timer && timer->asked_at)
                each.since = *timer->asked_at;
            else if (reading.admit(each.person, trust::Scope::Words).ok())
                each.since = TRY(read_one(reading, each.conversation)).conversation.since.value_or(each.since);
        }
        std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) {
            return need(a.urgency) != need(b.urgency) ? need(a.urgency) > need(b.urgency) : a.since < b.since;
        });
        reading.note(std::move(deed));
        return {};
    }));
    return waiting;
}

} // namespace handrail::support
