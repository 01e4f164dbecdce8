#include "errands/whatsapp_reminder.h"

#include <algorithm>

#include "channels/whatsapp_countries.h"
#include "channels/whatsapp_errors.h"
#include "channels/whatsapp_message.h"
#include "channels/whatsapp_window.h"
#include "errands/graph_post.h"
#include "monitoring/ask_whatsapp.h"

namespace handrail::errands {

namespace {

using Kind = ReminderAnswer::Kind;
using channels::AfterError;

/// One template a day. A little less, so that what is asked at the same hour tomorrow has its own.
constexpr std::chrono::hours between_templates{20};
constexpr std::size_t most_waiting = 20;

bool waits_in(const WhatsappLine& line, monitoring::AskId ask)
{
    return std::find(line.asks.begin(), line.asks.end(), ask.text()) != line.asks.end();
}

void put_waiting(WhatsappLine& line, monitoring::AskId ask)
{
    if (waits_in(line, ask))
        return;
    if (line.asks.size() >= most_waiting)
        line.asks.erase(line.asks.begin()); // long over
    line.asks.push_back(ask.text());
}

} // namespace

Result<std::optional<WhatsappWay>> WhatsappReminder::way(trust::Reading& reading, const monitoring::KeptAsk& ask,
                                                         const monitoring::Reminding& reminding,
                                                         const std::string& language) const
{
    const std::optional<WhatsappWay> shut;
    if (!settings_.on || !reminding.whatsapp)
        return shut;
    const auto line = TRY(read_line(reading, ask.person));
    if (!line || !line->joined_at || line->left_at || line->stopped())
        return shut;
    if (line->undelivered_at && *line->undelivered_at >= line->last_inbound)
        return shut;
    if (!channels::serves(settings_.countries, line->user) || TRY(monitoring::kept_off_whatsapp(reading, ask, asks_)))
        return shut;
    WhatsappWay way;
    way.to = line->user;
    const auto now = reading.now();
    if (channels::window_open(line->last_inbound, now)) {
        way.asked_for = waits_in(*line, ask.id);
        return std::optional{way};
    }
    const auto found = settings_.templates.find(language.substr(0, language.find('-')));
    if (found == settings_.templates.end())
        return shut;
    way.name = found->second;
    way.language = found->first;
    way.waits = line->reminded_at && now < *line->reminded_at + between_templates;
    return std::optional{way};
}

Result<void> WhatsappReminder::wait_for_them(trust::Writing& writing, PersonId person, monitoring::AskId ask) const
{
    auto line = TRY(read_line(writing, person));
    if (!line)
        return {};
    put_waiting(*line, ask);
    return save_line(writing, person, *line);
}

ReminderAnswer WhatsappReminder::send(const Actor& system, PersonId person, monitoring::AskId ask, const WhatsappWay& way,
                                      const std::string& words, const std::function<bool()>& stopping) const
{
    const bool by_template = !way.name.empty();
    const auto answer = graph_post(transport_, settings_,
                                   by_template ? channels::template_body(way.to, way.name, way.language, ask.text())
                                               : channels::message_body(way.to, {words, {}, {}}, ask.text()),
                                   stopping);
    const auto error = channels::graph_error_in(answer.body);
    const auto after = channels::after_error(answer.status, error.code, error.transient);
    const auto problem = "WhatsApp did not take a reminder (" + std::string(channels::name(after)) + "): status " +
                         std::to_string(answer.status) + ", error " + std::to_string(error.code);
    if (!answer.taken() && answer.status == 0)
        return {Kind::Nobody, problem};
    if (!answer.taken() && after == AfterError::Retry)
        return {Kind::Again, problem};
    if (!answer.taken() && (after == AfterError::Operator || after == AfterError::Configuration || after == AfterError::Ours))
        return {Kind::Refused, problem};
    RawId row;
    const auto id = answer.taken() ? channels::sent_id_in(answer.body) : std::string{};
    if (!id.empty()) {
        const auto hash = keyring_.look_up_hash(system.organisation(), "whatsapp_sent", id);
        if (!hash.ok())
            return {Kind::Again, hash.error().noted};
        for (std::size_t i = 0; i < row.bytes.size(); ++i)
            row.bytes[i] = static_cast<std::uint8_t>((*hash)[i]);
    }
    const auto kept = record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        auto line = TRY(read_line(writing, person));
        if (!line)
            return {};
        std::erase(line->asks, ask.text());
        if (!answer.taken()) {
            line->undelivered_at = writing.now();
        } else if (by_template) {
            line->reminded_at = writing.now();
            put_waiting(*line, ask);
        }
        if (!id.empty()) {
            SentMessage sent;
            sent.person = person;
            sent.ask = ask;
            TRY(remember_sent_message(writing, row, sent));
        }
        return save_line(writing, person, *line);
    });
    if (!answer.taken())
        return {kept.ok() ? Kind::Otherwise : Kind::Again, {}};
    return {Kind::Taken, kept.ok() ? std::string{} : kept.error().noted};
}

Result<void> remind_who_wrote(trust::Writing& writing, PersonId person, WhatsappLine& line)
{
    std::vector<std::string> still;
    for (const auto& each : line.asks) // they leave the list when the link has gone
        if (TRY(monitoring::remind_now(writing, person, TRY(monitoring::AskId::from(each)))))
            still.push_back(each);
    line.asks = std::move(still);
    return {};
}

} // namespace handrail::errands
