#include "gateway/gateway_desk.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "gateway/guard_screen.h"
#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

/// What the engine does when words for danger go out, or the honest answer to what it does not understand.
constexpr std::array<std::string_view, 8> moves_of_help{"crisis_now",     "crisis_today",          "answer_heard",
                                                        "stay_with",      "country_named",         "in_doubt",
                                                        "not_understood", "language_not_supported"};

bool is_help(const support::Reply& reply)
{
    return std::any_of(reply.moves.begin(), reply.moves.end(), [](const auto& move) {
        return std::find(moves_of_help.begin(), moves_of_help.end(), move) != moves_of_help.end();
    });
}

bool only_not_understood(const support::Reply& reply)
{
    return std::none_of(reply.moves.begin(), reply.moves.end(), [](const auto& move) {
        return std::find(moves_of_help.begin(), moves_of_help.end() - 2, move) != moves_of_help.end() - 2;
    });
}

bool danger(Urgency urgency)
{
    return urgency == Urgency::Today || urgency == Urgency::Now;
}

/// Whether something of this message itself, and not only what went before, led to the finding.
bool of_itself(const Finding& finding)
{
    return finding.evidence.empty() || std::any_of(finding.evidence.begin(), finding.evidence.end(),
                                                   [](const auto& each) { return each.context_index < 0; });
}

/// What to do first and whom to reach, for apps with little room.
std::string brief(const support::Reply& reply)
{
    std::string out;
    const auto line = [&](const std::string& text) {
        if (!text.empty())
            out += (out.empty() ? "" : "\n") + text;
    };
    bool heard = false;
    for (const auto& block : reply.blocks) {
        if (block.kind == Block::Kind::Text && !heard) {
            line(block.text);
            heard = true;
        } else if (block.kind == Block::Kind::Steps && !block.items.empty()) {
            line(block.items.front().label);
        } else if (block.kind == Block::Kind::Calls) {
            for (const auto& each : block.items)
                line(each.detail.empty() ? each.label : each.label + " (" + each.detail + ")");
        }
    }
    return out.empty() ? reply.text : out;
}

/// The first message after the last answer; an answer that is begun at the end counts as none.
std::size_t first_new(const std::vector<Said>& said)
{
    std::size_t end = said.size();
    while (end > 0 && said[end - 1].by == Said::By::Assistant)
        --end;
    while (end > 0 && said[end - 1].by != Said::By::Assistant)
        --end;
    return end;
}

} // namespace

/// A whole conversation as it was judged.
struct GatewayDesk::Weighed {
    Finding finding; ///< the gravest of what is new
    support::State state;
    std::optional<support::Reply> help;
    std::string deciding; ///< the conversation up to the message that decided
    Subject subject = Subject::None;
    bool psychosis = false;
};

GatewayDesk::GatewayDesk(Parts parts, GatewaySettings settings, Actor system)
    : parts_(std::move(parts)), settings_(std::move(settings)), system_(std::move(system)),
      keys_(parts_.record, parts_.settings, parts_.accounts, parts_.clock, parts_.store_away), people_(parts_.record, parts_.keyring),
      events_(parts_.record, people_, parts_.listening, settings_.keep_crisis_days),
      post_(parts_.record, keys_, parts_.transport)
{
}

Finding GatewayDesk::screened(const std::string& text) const
{
    return parts_.input != nullptr ? parts_.input->screen(text, {}, {}) : parts_.screener.screen(text);
}

std::vector<std::string> GatewayDesk::models(const Key& key) const
{
    std::vector<std::string> out;
    for (const auto& model : settings_.models)
        if (key.models.empty() || std::find(key.models.begin(), key.models.end(), model) != key.models.end())
            out.push_back(model);
    return out;
}

support::Situation GatewayDesk::situation(const Beside& beside) const
{
    const auto service = parts_.service.read_or_last(system_, parts_.store_away());
    const auto known = service.ok() ? *service : care::Service{};
    auto here = support::situation_at(known, parts_.clock.now());
    here.own.may_keep = false; // the conversation is the app's; nothing of it is remembered here
    if (!settings_.every_language)
        here.languages = parts_.dialogue.signed_languages(known);
    if (!beside.where.language.empty())
        here.language = beside.where.language;
    if (parts_.dialogue.crisis_lines().country(beside.where.region) != nullptr)
        here.region = beside.where.region;
    here.age_band = beside.where.age_band;
    // Nobody was told before somebody was: safety.md K10.
    here.told = {};
    here.staffed = false;
    here.nobody_until.reset();
    here.can_be_taken = false;
    return here;
}

/// The named clinician, while their account may act and the service is staffed.
bool GatewayDesk::has_responder(const Key& key, std::string& who) const
{
    if (key.responder.empty() || !key.may(KeyScope::Alerts) || parts_.store_away())
        return false;
    const auto account = parts_.accounts.staff(system_, key.responder);
    const auto service = parts_.service.read_or_last(system_, false);
    if (!account.ok() || account->suspended || account->role != Role::Clinician || !service.ok())
        return false;
    who = account->display_name;
    return care::staffed(*service, parts_.clock.now()).now;
}

GatewayDesk::Weighed GatewayDesk::weigh(const ChatRequest& request, const Beside& beside,
                                        const support::Situation& here) const
{
    const auto screen = [&](const std::string& text, std::span<const std::string> context) {
        return parts_.input != nullptr ? parts_.input->screen(text, context, beside.where.language)
                                       : parts_.screener.screen(text, context, beside.where.language);
    };
    Weighed out;
    out.state.noticed_at = here.now; // that an AI writes is the app's to say, where the person began
    out.state.last_at = here.now;
    const auto fresh_from = first_new(request.said);
    std::vector<std::string> context;
    std::string so_far;
    for (std::size_t i = 0; i < request.said.size(); ++i) {
        const auto& said = request.said[i];
        so_far += std::to_string(said.text.size()) + ":" + said.text;
        if (said.by == Said::By::Assistant)
            continue;
        const bool person = said.by == Said::By::Person;
        const bool fresh = i >= fresh_from;
        // What was said before was answered then: by itself it says what was held. What is new is read with all of it.
        auto finding = fresh && person ? screen(said.text, context) : screen(said.text, {});
        if (person)
            context.push_back(said.text);
        // A tool's words that no rule understands are numbers and names, and nobody's talk.
        if (!person && !danger(finding.urgency))
            continue;
        out.psychosis = out.psychosis || std::find(finding.categories.begin(), finding.categories.end(),
                                                   Category::Psychosis) != finding.categories.end();
        const bool decides = of_itself(finding) && need(finding.urgency) > need(Urgency::Usual);
        std::optional<support::Reply> reply;
        if ((decides && finding.urgency != Urgency::Soon) || danger(out.state.held))
            reply = parts_.dialogue.answer(out.state, said.text, finding, here);
        if (reply && reply->found && need(reply->found->urgency) > need(decides ? finding.urgency : Urgency::Usual))
            finding = *reply->found;
        else if (!decides)
            finding = Finding{};
        if (!fresh)
            continue;
        if (out.deciding.empty() || need(finding.urgency) > need(out.finding.urgency)) {
            out.finding = finding;
            out.deciding = so_far;
            out.subject = finding.subject;
        }
        if (reply && is_help(*reply) && !(settings_.pass_not_understood && only_not_understood(*reply)))
            out.help = std::move(reply);
    }
    return out;
}

Result<Judged> GatewayDesk::judge(const Key& key, const ChatRequest& request, const Beside& beside)
{
    ++tally_.requests;
    const auto bytes = request.words();
    tally_.in.received += bytes;
    try {
        auto here = situation(beside);
        auto weighed = weigh(request, beside, here);
        std::string who;
        const bool alerts = key.may(KeyScope::Alerts) && need(weighed.finding.urgency) > need(Urgency::Usual);
        const bool responder = weighed.help && alerts && raises_alert(weighed.finding.urgency) && has_responder(key, who);
        const auto without = weighed.help;
        if (responder) {
            here.staffed = true;
            here.told.state = support::Told::State::Told;
            here.told.who = who;
            const auto service = parts_.service.read_or_last(system_, false);
            here.told.at = care::local_time(service.ok() ? *service : care::Service{}, parts_.clock.now());
            here.told.wait_minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(
                                                          parts_.alerts.time_to_answer(weighed.finding.urgency))
                                                          .count());
            weighed = weigh(request, beside, here);
        }
        Judged judged;
        judged.finding = weighed.finding;
        judged.level = sooner(weighed.state.held, weighed.finding.urgency);
        judged.category = danger(weighed.state.held) ? weighed.state.category : weighed.finding.category;
        const bool rules_only = parts_.input != nullptr ? parts_.input->rules_only() : !parts_.screener.has_second_reader();
        judged.screened = rules_only ? "rules-only" : "full";
        const auto words = [&](const support::Reply& reply) {
            return Help{beside.brief ? brief(reply) : reply.text, reply.text_id};
        };
        if (weighed.help)
            judged.help = words(*weighed.help);
        if (alerts) {
            const auto message = request.user + "\n" + weighed.deciding;
            const auto hash = parts_.store_away() ? Result<std::string>(unavailable("", "the store is away"))
                                                  : parts_.keyring.look_up_hash(system_.organisation(), "gateway_message",
                                                                                key.id + "\n" + message);
            Result<EventBook::Kept> kept = unavailable("", "the store is away");
            if (hash.ok()) {
                EventBook::Event event{beside.reference.empty() ? request.user : beside.reference, beside.where, {},
                                       judged.finding, {}};
                for (std::size_t i = 0; i < event.message.bytes.size(); ++i)
                    event.message.bytes[i] = static_cast<std::uint8_t>((*hash)[i]);
                if (judged.help)
                    event.told = {judged.help->text, judged.help->text_id, {}};
                kept = events_.keep(system_, key, event);
            } else {
                kept = hash.error();
            }
            judged.told_staff = kept.ok() && raises_alert(judged.finding.urgency);
            if (!kept.ok())
                parts_.note("gateway: what calls for a human could not be kept: " +
                            (kept.error().noted.empty() ? kept.error().told : kept.error().noted));
            if (!kept.ok() && responder && without)
                judged.help = words(*without); // that somebody was told would not be true
        }
        judged.guard = {here.language, here.region, weighed.state.held, judged.category, weighed.subject,
                        beside.where.age_band == "13_17" || beside.where.age_band == "under_13", true};
        judged.guard.model = support::GuardContext::Model::WhereSure;
        if (weighed.psychosis)
            judged.guard.category = Category::Psychosis;
        // An answer that the app itself began is judged as one.
        if (!judged.help && !request.said.empty() && request.said.back().by == Said::By::Assistant) {
            const auto found = TRY(GuardScreen(parts_.guard, parts_.dialogue, judged.guard).judge(request.said.back().text));
            if (!found.allowed)
                judged.help = Help{found.replacement, {}};
        }
        if (settings_.keep_prompts && !parts_.store_away()) {
            std::string asked;
            for (std::size_t i = first_new(request.said); i < request.said.size(); ++i)
                asked += (asked.empty() ? "" : "\n") + request.said[i].text;
            const auto reference = beside.reference.empty() ? request.user : beside.reference;
            if (const auto kept = events_.keep_prompt(system_, key, reference, beside.where, asked); !kept.ok())
                parts_.note("gateway: a prompt could not be kept: " + kept.error().noted);
        }
        tally_.in.judged(bytes, !judged.help);
        if (judged.help)
            ++tally_.helped;
        return judged;
    } catch (const std::exception& broken) {
        ++tally_.not_screened;
        tally_.in.withheld += bytes;
        parts_.note(std::string("gateway: the screener failed: ") + broken.what());
        return unavailable("This could not be screened, so nothing was let through.", "gateway: the screener failed");
    }
}

std::optional<Whole> GatewayDesk::ask(const ChatRequest& request, const std::string& body, const Judged& judged,
                                      Outlet& outlet)
{
    language::Call call;
    call.url = settings_.upstream + "/chat/completions";
    call.headers = {{"Content-Type", "application/json"},
                    {"Accept", request.stream ? "text/event-stream" : "application/json"}};
    if (!settings_.upstream_key.empty())
        call.headers.emplace_back("Authorization", "Bearer " + settings_.upstream_key);
    call.body = body;
    call.first_byte_within = settings_.first_byte_within;
    call.silent_at_most = settings_.silent_at_most;
    call.all_within = settings_.all_within;
    std::unique_ptr<OutputScreen> screen;
    if (parts_.output)
        screen = parts_.output();
    else
        screen = std::make_unique<GuardScreen>(parts_.guard, parts_.dialogue, judged.guard);
    Relay relay(
        parts_.transport, request, *screen, tally_,
        [&judged](bool replaced, const std::vector<std::string>& rules) { return judged.marks(replaced, rules); },
        parts_.note);
    return relay.run(call, outlet);
}

void GatewayDesk::round()
{
    if (parts_.store_away())
        return;
    for (const auto& done : {keys_.keep_counts(system_), [&]() -> Result<void> {
             TRY(events_.forget(system_));
             return {};
         }()})
        if (!done.ok())
            parts_.note("gateway: " + (done.error().noted.empty() ? done.error().told : done.error().noted));
}

std::string Judged::marks(bool replaced, const std::vector<std::string>& rules) const
{
    std::string out = "{\"urgency\":" + json_text(name(level)) + ",\"category\":" + json_text(name(category)) +
                      ",\"action\":\"" + (help || replaced ? "replaced" : "passed") + "\",\"screened\":" + json_text(screened);
    if (help)
        out += ",\"help\":" + json_text(help->text) + ",\"staff_told\":" + (told_staff ? "true" : "false");
    if (!rules.empty()) {
        out += ",\"rules\":[";
        for (std::size_t i = 0; i < rules.size(); ++i)
            out += (i > 0 ? "," : "") + json_text(rules[i]);
        out += "]";
    }
    return out + "}";
}

} // namespace handrail::gateway
