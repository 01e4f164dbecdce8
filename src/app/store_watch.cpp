#include "app/store_watch.h"

#include <utility>

#include "app/house.h"

namespace handrail::app {

StoreWatch::StoreWatch(std::function<Look()> look, const Clock& clock,
                       std::function<void(const Found& before, const Found& now)> changed, Pace pace)
    : look_(std::move(look)), clock_(clock), changed_(std::move(changed)), pace_(pace)
{
    found_.since = clock_.now();
    told_ = found_; // nobody is told that all is well
    looker_ = std::thread([this] { keep_looking(); });
    teller_ = std::thread([this] { keep_telling(); });
}

StoreWatch::~StoreWatch()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    looker_.join();
    teller_.join();
}

StoreWatch::Found StoreWatch::found() const
{
    const std::lock_guard lock(mutex_);
    return found_;
}

/// Under the lock.
void StoreWatch::find(Look look, bool hangs)
{
    const auto state = !look.reads ? State::Away : look.writes ? State::Keeps : State::CannotWrite;
    if (state != found_.state)
        found_ = {state, clock_.now(), {}, {}, false};
    found_.hangs = hangs;
    found_.told = state == State::Keeps ? std::string{} : std::move(look.told);
    found_.noted = state == State::Keeps ? std::string{} : std::move(look.noted);
}

void StoreWatch::keep_looking()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        looking_ = true;
        look_began_ = Steady::now();
        lock.unlock();
        auto look = look_();
        lock.lock();
        looking_ = false;
        find(std::move(look));
        wake_.notify_all();
        wake_.wait_for(lock, found_.state == State::Keeps ? pace_.while_well : pace_.in_trouble,
                       [this] { return stopping_; });
    }
}

void StoreWatch::keep_telling()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (looking_ && Steady::now() - look_began_ > pace_.hangs_after)
            find({false, false, "The store does not come back from writing.", "a look at the store does not come back"},
                 true);
        if (found_.state != told_.state) {
            const auto before = std::exchange(told_, found_);
            const auto now = found_;
            lock.unlock();
            changed_(before, now);
            lock.lock();
            continue;
        }
        wake_.wait_for(lock, pace_.between_ticks);
    }
}

std::string told(const StoreWatch::Found& before, const StoreWatch::Found& now)
{
    const auto& why = now.noted.empty() ? now.told : now.noted;
    switch (now.state) {
    case StoreWatch::State::Keeps:
        break;
    case StoreWatch::State::CannotWrite:
        return "nothing can be kept: " + why;
    case StoreWatch::State::Away:
        return "nothing can be read or kept: " + why;
    }
    const auto length = std::chrono::duration_cast<std::chrono::seconds>(now.since - before.since);
    return "what is written is kept again, after " + std::to_string(length.count()) + " s";
}

StoreWatch::Look look_at_store(House& house)
{
    constexpr rows::Statement see{"watch.see", "SELECT slug FROM organisation WHERE organisation = $1"};
    constexpr rows::Statement touch{"watch.touch", "UPDATE organisation SET slug = slug WHERE organisation = $1"};
    const auto failed = [](bool reads, const Error& error) {
        return StoreWatch::Look{reads, false, error.told, error.noted};
    };
    const auto system = house.system();
    const auto seen = house.vault.data->read(system, [&](storage::Reading& reading) -> Result<void> {
        TRY(reading.rows(see, {}));
        return {};
    });
    if (!seen.ok())
        return failed(false, seen.error());
    if (const auto keys = house.vault.keys->schema_version(); !keys.ok())
        return failed(false, keys.error());
    const auto kept = house.vault.data->write(system, [&](storage::Writing& writing) -> Result<void> {
        TRY(writing.change(touch, {}));
        return {};
    });
    if (!kept.ok())
        return failed(true, kept.error());
    return {true, true, {}, {}};
}

} // namespace handrail::app
