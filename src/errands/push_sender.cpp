#include "errands/push_sender.h"

#include <optional>

#include "trust/setting_desk.h"

namespace handrail::errands {

namespace {

constexpr std::string_view key_setting = "push.key";

Result<std::optional<channels::PushKeyPair>> kept_key(trust::Record& record, trust::Reading& reading)
{
    const auto kept = TRY(trust::SettingDesk{record}.get(reading, key_setting));
    if (!kept)
        return std::optional<channels::PushKeyPair>{};
    return std::optional{TRY(channels::PushKeyPair::from_kept(*kept))};
}

} // namespace

Result<channels::PushKeyPair> push_key(trust::Record& record, const Actor& system)
{
    std::optional<channels::PushKeyPair> key;
    TRY(record.read(system, [&](trust::Reading& reading) -> Result<void> {
        key = TRY(kept_key(record, reading));
        return {};
    }));
    if (!key)
        TRY(record.write(system, [&](trust::Writing& writing) -> Result<void> {
            key = TRY(kept_key(record, writing)); // another node may have been faster
            if (key)
                return {};
            key = TRY(channels::PushKeyPair::make());
            return trust::SettingDesk{record}.put(writing, key_setting, TRY(key->kept()));
        }));
    return *std::move(key);
}

PushSender::Answer PushSender::ring(const channels::PushKeyPair& key, const trust::PushDevice& device, const Notice& notice,
                                    Instant now, const std::function<bool()>& stopping, std::string& problem) const
{
    using std::chrono::seconds;
    const auto topic = channels::push_topic(notice.group);
    const auto body = channels::push_body({device.endpoint, device.p256dh, device.auth},
                                          channels::push_text(notice.say, notice.path, topic));
    auto headers = channels::push_headers(key, settings_.contact, device.endpoint, {topic, notice.lasts, notice.urgent}, now);
    if (!body.ok() || !headers.ok()) {
        problem = "A notification could not be sealed.";
        return Answer::Refused;
    }
    language::Call post;
    post.url = device.endpoint;
    post.headers = *std::move(headers);
    post.body = *body;
    post.public_only = !settings_.anywhere;
    // The devices of one human are rung one after the other, and all within the time that a delivery is in one's hand.
    post.connect_within = seconds{4};
    post.first_byte_within = seconds{7};
    post.silent_at_most = seconds{4};
    post.all_within = seconds{8};
    post.largest_answer = 1u << 16;
    const auto head = web_.post(post, {{}, {}, stopping});
    if (!head.ok()) {
        problem = "A push service did not answer: " + head.error().noted + ".";
        return Answer::Again;
    }
    if (head->status == 0)
        return Answer::Stopped;
    if (head->status >= 200 && head->status < 300)
        return Answer::Taken;
    if (head->status == 404 || head->status == 410)
        return Answer::Gone;
    problem = "A push service answered " + std::to_string(head->status) + ".";
    return head->status == 429 || head->status >= 500 ? Answer::Again : Answer::Refused;
}

Result<PushSender::Pushed> PushSender::send(const Actor& system, const trust::PushOwner& whom, const Notice& notice,
                                            const std::function<bool()>& stopping) const
{
    std::vector<trust::PushDevice> devices;
    std::optional<channels::PushKeyPair> key;
    Instant now;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        devices = TRY(trust::push_devices(reading, whom));
        key = TRY(kept_key(record_, reading));
        now = reading.now();
        return {};
    }));
    Pushed pushed;
    pushed.devices = static_cast<int>(devices.size());
    std::vector<const trust::PushDevice*> rung, gone;
    for (const auto& device : devices) {
        if (trust::took(device, notice.about)) {
            ++pushed.taken;
            continue;
        }
        const auto answer = key ? ring(*key, device, notice, now, stopping, pushed.problem) : Answer::Refused;
        if (answer == Answer::Taken)
            rung.push_back(&device);
        else if (answer == Answer::Gone)
            gone.push_back(&device);
        else
            ++pushed.failed;
        pushed.refused = pushed.refused || answer == Answer::Refused;
        pushed.stopped = answer == Answer::Stopped;
        if (pushed.stopped)
            break;
    }
    pushed.taken += static_cast<int>(rung.size());
    pushed.gone = static_cast<int>(gone.size());
    if (!rung.empty() || !gone.empty())
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            for (const auto* each : rung)
                TRY(trust::remember_taken(writing, whom, *each, notice.about));
            for (const auto* each : gone)
                TRY(trust::remove_push_device(writing, whom, each->id));
            return {};
        }));
    return pushed;
}

} // namespace handrail::errands
