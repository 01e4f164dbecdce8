#include "postgres/session_pool.h"

namespace handrail::postgres {

namespace {
// The lowest number that nobody holds. Rows are tried in order and the first lock that is got ends the search.
constexpr auto take_lane = "SELECT lane FROM generate_series(0, 9999) AS lane"
                           " WHERE pg_try_advisory_lock($1::int, lane) LIMIT 1";
} // namespace

SessionPool::SessionPool(Session::Target target, int sessions, int lane_class,
                         std::chrono::milliseconds longest_restart)
    : target_(std::move(target)), lane_class_(lane_class), longest_restart_(longest_restart)
{
    ensure(sessions > 0, "a pool has at least one session");
    for (int each = 0; each < sessions; ++each)
        free_.push_back(std::make_unique<Member>());
}

Answer<SessionPool::Lease> SessionPool::take()
{
    const auto asked = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return !free_.empty(); });
    waits_.count(std::chrono::steady_clock::now() - asked);
    Lease lease(*this, std::move(free_.back()));
    free_.pop_back();
    lock.unlock();
    if (!lease.member_->session || lease.member_->session->lost()) {
        lease.drop();
        const auto opened = open(*lease.member_);
        found(static_cast<bool>(opened));
        if (!opened)
            return opened.failure();
    }
    return Answer<Lease>(std::move(lease));
}

void SessionPool::found(bool there)
{
    // Nobody asked for a while: whether it was away all the time is not known.
    constexpr auto forgotten_after = std::chrono::seconds(30);
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(absence_mutex_);
    if (there)
        absence_.reset();
    else if (absence_ && now - absence_->seen < forgotten_after)
        absence_->seen = now;
    else
        absence_ = {now, now};
}

bool SessionPool::long_away() const
{
    const std::lock_guard lock(absence_mutex_);
    return absence_ && absence_->seen - absence_->since > longest_restart_;
}

void SessionPool::give_back(std::unique_ptr<Member> member)
{
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(member));
    }
    freed_.notify_one();
}

Answer<std::monostate> SessionPool::open(Member& member) const
{
    auto session = Session::connect(target_);
    if (!session)
        return session.failure();
    if (lane_class_ != 0) {
        const auto lane = (*session)->ask(take_lane, {std::to_string(lane_class_)});
        if (!lane)
            return lane.failure();
        if ((*lane).empty())
            return Failure{"53300", "no lane is free", false};
        member.lane = std::stoll((*lane)[0][0]);
    }
    member.session = std::move(*session);
    return std::monostate{};
}

} // namespace handrail::postgres
