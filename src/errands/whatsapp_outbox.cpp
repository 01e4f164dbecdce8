#include "errands/whatsapp_outbox.h"

#include <algorithm>
#include <set>

#include "base/crypto.h"
#include "care/heard.h"
#include "channels/whatsapp_window.h"
#include "errands/graph_post.h"
#include "trust/account_row.h"

namespace handrail::errands {

namespace {

using channels::AfterError;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int staff_told_after = 3; ///< failed tries of words for danger
constexpr int most_tries = 14;      ///< some two hours, with pauses of up to five minutes after the first
constexpr minutes operator_pause{15};
constexpr hours held_for{24 * 7};

std::int64_t random_number()
{
    std::int64_t number = 0;
    for (const char each : random_bytes(7))
        number = number * 256 + static_cast<unsigned char>(each);
    return number;
}

/// 2, 4, 8 … 300 seconds, each between half and the whole: services that failed together do not come back together.
Duration pause_after(int tries)
{
    const Duration whole = std::min<Duration>(seconds{1LL << std::clamp(tries, 1, 9)}, seconds{300});
    return whole / 2 + Duration{random_number() % (whole.count() / 2)};
}

/// A template went out within the last day.
bool reminded_within_a_day(const WhatsappLine& line, Instant now)
{
    return line.reminded_at && now < *line.reminded_at + hours{24};
}

std::string marked(const std::string& mark, const std::string& words) { return "*" + mark + "*\n" + words; }

} // namespace

WhatsappOutbox::WhatsappOutbox(trust::Record& record, trust::Keyring& keyring, const care::ServiceDesk& service,
                               const care::AlertDesk& alerts, const channels::WhatsappTexts& texts,
                               const language::Transport& transport, const WhatsappSettings& settings)
    : record_(record), keyring_(keyring), service_(service), alerts_(alerts), texts_(texts), transport_(transport),
      settings_(settings), holder_(random_number())
{
}

Result<std::optional<WhatsappOutbox::Opened>> WhatsappOutbox::opened(trust::Writing& writing, const ToSend& one) const
{
    const auto line = TRY(read_line(writing, one.person));
    if (!line)
        return std::optional<Opened>{};
    Opened open;
    open.line = *line;
    if (!one.to.user_id.empty() || !one.to.number.empty())
        open.line.user = one.to;
    open.gone = line->left_at && one.since > *line->left_at;
    open.reminded = reminded_within_a_day(*line, writing.now());
    const auto state = TRY(care::read_person_state(writing, one.person));
    open.language = state.language;
    const auto service = TRY(service_.read(writing)).name;
    const auto button = texts_.text(open.language, "list_button");
    const auto say = [&](std::string_view key, const std::string& name) {
        return texts_.text(open.language, key, {{"service", service}, {"name", name}});
    };
    if (one.message.empty()) {
        std::vector<Block> asked;
        const auto ask = [&](std::string_view texts, std::initializer_list<const char*> choices) {
            auto& block = asked.emplace_back();
            block.kind = Block::Kind::Question;
            block.text = one.text;
            for (const auto* choice : choices)
                block.choices.push_back({choice, texts_.text(open.language, std::string(texts) + choice)});
        };
        if (one.ask_age)
            ask("age_", {"under_13", "13_17", "18_25", "26_64", "65_plus"});
        else if (one.ask_reading)
            ask("reading_", {"yes", "no"});
        open.parts = channels::parts_of(one.text, asked, one.ask_reading ? "r|" : "a|", button);
        return std::optional{open};
    }
    const auto message = TRY(support::read_message(writing, one.conversation, one.message));
    open.crisis = is_crisis(message);
    open.urgency = open.crisis ? urgency_of(message) : Urgency::Today;
    std::string name;
    if (!message.author_account.empty())
        if (const auto account = TRY(trust::find_account(writing, message.author_account)))
            name = TRY(trust::open_profile(writing, *account)).display_name;
    std::string words;
    switch (message.author) {
    case support::Author::System:
        words = say(message.text == "left" ? "left" : "joined", name);
        break;
    case support::Author::Human:
        open.human = true;
        open.withheld = channels::names_a_result(message.text);
        words = open.withheld ? say("not_here", name) : marked(say("human_mark", name), message.text);
        break;
    default:
        words = marked(say(message.by_model ? "ai_model_mark" : "ai_mark", name), message.text);
    }
    open.parts = channels::parts_of(one.text + words, message.blocks, "c|" + one.message.text() + "|", button);
    writing.note({"send.whatsapp", one.person, "message", one.message, {}, {}});
    return std::optional{open};
}

Result<void> WhatsappOutbox::give_to_staff(trust::Writing& writing, const ToSend& one, const Opened& open, Sent& sent,
                                           const std::string& why) const
{
    if (!open.crisis && !open.human)
        return {};
    ++sent.handed_to_staff;
    return tell_staff(writing, alerts_, one.person, one.conversation, open.urgency,
                      (open.crisis ? "Words for danger" : "What a colleague wrote") + std::string(" did not reach the person: ") +
                          why + " Reach the person another way.");
}

Result<bool> WhatsappOutbox::outside_window(const Actor& system, ToSend& one, const Opened& open, Sent& sent)
{
    const auto name = settings_.templates.find(open.language.substr(0, open.language.find('-')));
    bool reminded = false;
    const bool may_remind = !open.gone && !open.line.stopped() && open.line.may_write_first && name != settings_.templates.end();
    if (may_remind && open.reminded) {
        reminded = true; // one reminder a day, whatever waits
        ++sent.put_off;
    } else if (may_remind) {
        const auto answer = graph_post(transport_, settings_, channels::template_body(open.line.user, name->second, name->first, one.id.text()));
        reminded = answer.taken();
        sent.templates += reminded ? 1 : 0;
        if (!reminded)
            sent.problem = "a template was not taken: status " + std::to_string(answer.status) + ", error " +
                           std::to_string(channels::graph_error_in(answer.body).code);
    }
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        if (!reminded) {
            TRY(give_to_staff(writing, one, open, sent,
                              open.gone             ? "their WhatsApp number belongs to another record, or was taken away."
                              : open.line.stopped() ? "they ended WhatsApp."
                                                    : "they last wrote more than 24 hours ago."));
            return drop_job(writing, one.id);
        }
        auto line = TRY(read_line(writing, one.person));
        if (!line)
            return drop_job(writing, one.id);
        line->held.push_back(one.id.text());
        if (!open.reminded)
            line->reminded_at = writing.now();
        TRY(save_line(writing, one.person, *line));
        one.tries = 0;
        return hold(writing, one, writing.now() + held_for);
    }));
    sent.dropped += reminded ? 0 : 1;
    return false;
}

Result<bool> WhatsappOutbox::not_sent(const Actor& system, ToSend& one, const Opened& open, AfterError after, int code,
                                      Sent& sent)
{
    if (after == AfterError::Template)
        return outside_window(system, one, open, sent);
    if (after == AfterError::Operator || after == AfterError::Configuration || after == AfterError::Ours)
        sent.problem = "WhatsApp refused a message (" + std::string(channels::name(after)) + "): error " +
                       std::to_string(code);
    const bool again = (after == AfterError::Retry || after == AfterError::Operator) && one.tries < most_tries;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        const bool tell = !one.staff_told && (!again || after == AfterError::Operator ||
                                              (open.crisis && one.tries >= staff_told_after));
        if (tell) {
            TRY(give_to_staff(writing, one, open, sent, "WhatsApp does not take it."));
            one.staff_told = true;
        }
        if (!again)
            return drop_job(writing, one.id);
        return postpone(writing, one,
                        writing.now() + (after == AfterError::Operator ? Duration{operator_pause} : pause_after(one.tries)));
    }));
    again ? ++sent.put_off : ++sent.dropped;
    return again;
}

/// @return whether it will be tried again: then what else waits for the same person waits with it
Result<bool> WhatsappOutbox::send_one(const Actor& system, ToSend one, Sent& sent)
{
    std::optional<Opened> open;
    bool claimed = false;
    bool open_window = false;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        open.reset();
        claimed = TRY(take_turn(writing, "whatsapp-outward", holder_)) && TRY(claim_to_send(writing, one.id));
        if (!claimed)
            return {};
        auto read = opened(writing, one);
        if (!read.ok() && read.error().kind != ErrorKind::NotFound)
            return read.error();
        if (!read.ok() || !*read)
            return drop_job(writing, one.id); // erased, or taken away by time
        open = **read;
        open_window = channels::window_open(open->line.last_inbound, writing.now());
        return {};
    }));
    if (!claimed || !open)
        return false;
    ++one.tries;
    if (!one.always && (!open_window || open->gone || open->line.stopped()))
        return TRY(outside_window(system, one, *open, sent));
    while (one.part < static_cast<std::int64_t>(open->parts.size())) {
        const auto& part = open->parts[static_cast<std::size_t>(one.part)];
        const auto answer = graph_post(transport_, settings_, channels::message_body(open->line.user, part, one.id.text()));
        if (!answer.taken()) {
            const auto error = channels::graph_error_in(answer.body);
            return TRY(not_sent(system, one, *open, channels::after_error(answer.status, error.code, error.transient),
                                error.code, sent));
        }
        ++sent.messages;
        ++one.part;
        const auto id = channels::sent_id_in(answer.body);
        const auto hash = TRY(keyring_.look_up_hash(system.organisation(), "whatsapp_sent", id));
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            if (!id.empty()) {
                RawId row;
                for (std::size_t i = 0; i < row.bytes.size(); ++i)
                    row.bytes[i] = static_cast<std::uint8_t>(hash[i]);
                TRY(remember_sent_message(writing, row, {one.person, one.conversation, one.message}));
            }
            if (one.part < static_cast<std::int64_t>(open->parts.size())) {
                TRY(postpone(writing, one, writing.now()));
                TRY(claim_to_send(writing, one.id));
                return {};
            }
            if (open->withheld)
                TRY(give_to_staff(writing, one, *open, sent,
                                  "it names a result or a diagnosis, which does not go over WhatsApp."));
            return drop_job(writing, one.id);
        }));
    }
    if (open->parts.empty())
        TRY(record_.write(system, [&](trust::Writing& writing) { return drop_job(writing, one.id); }));
    return false;
}

Result<WhatsappOutbox::Sent> WhatsappOutbox::send_due(const Actor& system)
{
    Sent sent;
    std::vector<ToSend> due;
    std::vector<ToSend> forgotten;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        due = TRY(due_to_send(reading));
        forgotten = TRY(held_too_long(reading));
        return {};
    }));
    for (const auto& one : forgotten)
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            auto open = opened(writing, one);
            if (open.ok() && *open)
                TRY(give_to_staff(writing, one, **open, sent, "they did not write again within a week."));
            return drop_job(writing, one.id);
        }));
    std::set<PersonId> waiting;
    for (const auto& one : due) {
        if (waiting.count(one.person) > 0)
            continue; // in order: it goes when what stands before it has gone
        if (TRY(send_one(system, one, sent))) {
            waiting.insert(one.person);
            // What came later must not fall due before it.
            TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
                const auto due_at = TRY(due_of(writing, one.id));
                for (auto later : due)
                    if (due_at && later.person == one.person && later.id > one.id)
                        TRY(postpone(writing, later, *due_at + std::chrono::milliseconds{1}));
                return {};
            }));
        }
    }
    return sent;
}

Result<std::int64_t> WhatsappOutbox::clear_old(const Actor& system) const
{
    std::int64_t cleared = 0;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        cleared = TRY(errands::clear_old(writing));
        return {};
    }));
    return cleared;
}

} // namespace handrail::errands
