#include "postgres/messenger.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/text.h"

namespace handrail::postgres {

namespace {

/// Past this many unsent ones (the database is away) the others are told to look again instead.
constexpr std::size_t most_outgoing = 4096;
/// PostgreSQL takes 7999 bytes.
constexpr std::size_t longest = 7900;
constexpr auto first_pause = std::chrono::milliseconds(100);
constexpr auto longest_pause = std::chrono::milliseconds(5000);
const std::string look_again;

/// "organisation topic payload"; the organisation in hexadecimal, the topic without a space.
std::string written(const storage::Announcement& announcement)
{
    const std::string_view organisation(reinterpret_cast<const char*>(announcement.organisation.bytes.data()),
                                        announcement.organisation.bytes.size());
    return to_hex(organisation) + ' ' + announcement.topic + ' ' + announcement.payload;
}

int digit(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/// The announcement that was written; an empty one ("look again") when it is no such thing.
storage::Announcement read(const std::string& text)
{
    storage::Announcement announcement;
    const auto size = announcement.organisation.bytes.size();
    const auto space = text.find(' ', std::min(text.size(), 2 * size + 1));
    if (text.size() <= 2 * size || space == std::string::npos)
        return {};
    for (std::size_t at = 0; at < size; ++at)
        announcement.organisation.bytes[at] =
            static_cast<std::uint8_t>(digit(text[2 * at]) * 16 + digit(text[2 * at + 1]));
    announcement.topic = text.substr(2 * size + 1, space - 2 * size - 1);
    announcement.payload = text.substr(space + 1);
    return announcement;
}

} // namespace

Messenger::Messenger(Session::Target target, std::string channel, storage::Listeners& listeners)
    : target_(std::move(target)), channel_(std::move(channel)), listeners_(listeners),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    ensure(wake_ >= 0, "an eventfd can be made");
    thread_ = std::thread([this] { run(); });
}

Messenger::~Messenger()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    (void)::eventfd_write(wake_, 1);
    thread_.join();
    ::close(wake_);
}

void Messenger::send(const std::vector<storage::Announcement>& announcements)
{
    if (announcements.empty())
        return;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& announcement : announcements) {
            auto text = written(announcement);
            ensure(text.size() <= longest && announcement.topic.find(' ') == std::string::npos,
                   "an announcement is a topic in one word and a few opaque ids");
            if (outgoing_.size() < most_outgoing)
                outgoing_.push_back(std::move(text));
            else
                outgoing_.assign(1, look_again);
        }
    }
    (void)::eventfd_write(wake_, 1); // fails only when it is already awake
}

bool Messenger::connected() const
{
    const std::lock_guard lock(mutex_);
    return connected_;
}

bool Messenger::stopping() const
{
    const std::lock_guard lock(mutex_);
    return stopping_;
}

void Messenger::set_connected(bool connected)
{
    const std::lock_guard lock(mutex_);
    connected_ = connected;
}

void Messenger::run()
{
    auto pause = first_pause;
    bool first = true;
    while (!stopping()) {
        auto session = Session::connect(target_);
        // An acknowledged NOTIFY need not wait for the disk: it is a wake-up, and the rows are there already.
        if (session && (*session)->ask("SET synchronous_commit = off") && (*session)->ask("LISTEN " + channel_)) {
            pause = first_pause;
            set_connected(true);
            if (!first) // something may have been said meanwhile
                listeners_.tell({});
            first = false;
            serve(**session);
            set_connected(false);
        }
        std::unique_lock lock(mutex_);
        stopped_.wait_for(lock, pause, [this] { return stopping_; });
        pause = std::min(pause * 2, longest_pause);
    }
}

void Messenger::serve(Session& session)
{
    for (;;) {
        hear(session);
        if (session.lost() || !deliver(session) || stopping())
            return;
        pollfd waited[] = {{session.socket(), POLLIN, 0}, {wake_, POLLIN, 0}};
        // Once in a while a word is exchanged, so that a silent death of the connection is noticed.
        const int ready = ::poll(waited, 2, 20000);
        if (ready < 0 && errno != EINTR)
            return;
        if (ready == 0 && !session.ask("SELECT 1"))
            return;
        eventfd_t count = 0;
        (void)::eventfd_read(wake_, &count);
    }
}

bool Messenger::deliver(Session& session)
{
    std::vector<std::string> batch;
    {
        const std::lock_guard lock(mutex_);
        batch.swap(outgoing_);
    }
    if (batch.empty())
        return true;
    // As one statement and one commit: an array in PostgreSQL's own notation.
    std::string array = "{";
    for (const auto& text : batch) {
        array += array.size() > 1 ? ",\"" : "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                array += '\\';
            array += c;
        }
        array += '"';
    }
    array += '}';
    if (session.ask("SELECT count(pg_notify($1, said)) FROM unnest($2::text[]) AS said", {channel_, array})) {
        hear(session); // what came in while asking
        return true;
    }
    const std::lock_guard lock(mutex_);
    outgoing_.insert(outgoing_.begin(), batch.begin(), batch.end());
    return false;
}

void Messenger::hear(Session& session)
{
    for (const auto& [sender, payload] : session.notifications())
        if (sender != session.process()) // this node's own listeners were told at once
            listeners_.tell(read(payload));
}

} // namespace handrail::postgres
