#include "monitoring/course.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>

namespace handrail::monitoring {

namespace {

constexpr char version_with_series = 3;
constexpr char version_without_series = 2;
constexpr char version_without_versions = 1;
constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_version = 200;
constexpr std::size_t most_critical_items = 32;
/// Totals are kept in tenths; nothing published comes near this.
constexpr std::int64_t highest_tenths = 100000;
/// Instants outside the years 1900 to 2200 are damage, not data.
constexpr std::int64_t earliest_second = -2208988800;
constexpr std::int64_t latest_second = 7258118400;

std::int64_t seconds_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }
Instant instant_of(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

void put(std::string& out, std::uint64_t value)
{
    while (value >= 0x80U) {
        out += static_cast<char>((value & 0x7FU) | 0x80U);
        value >>= 7U;
    }
    out += static_cast<char>(value);
}

/// Small numbers of either sign take few bytes.
void put_signed(std::string& out, std::int64_t value)
{
    put(out, (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63));
}

void put_text(std::string& out, std::string_view text)
{
    put(out, text.size());
    out += text;
}

/// Takes numbers off the front of the bytes; once something is wrong it stays wrong.
class Taking {
public:
    explicit Taking(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (bytes_.empty())
                break;
            const auto byte = static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
            if (shift == 63 && byte > 1)
                break;
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        sound_ = false;
        return 0;
    }

    int byte()
    {
        if (bytes_.empty()) {
            sound_ = false;
            return 0;
        }
        const int out = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        return out;
    }

    std::int64_t signed_number()
    {
        const auto raw = number();
        return static_cast<std::int64_t>(raw >> 1U) ^ -static_cast<std::int64_t>(raw & 1U);
    }

    std::size_t at_most(std::size_t most)
    {
        const auto value = number();
        if (value > most)
            sound_ = false;
        return sound_ ? static_cast<std::size_t>(value) : 0;
    }

    /// A place in a list of so many.
    std::size_t below(std::size_t count)
    {
        const auto value = number();
        if (value >= count)
            sound_ = false;
        return sound_ ? static_cast<std::size_t>(value) : 0;
    }

    /// An answer, or another number of a few digits.
    int small()
    {
        const auto value = signed_number();
        if (value < -1000000 || value > 1000000)
            sound_ = false;
        return sound_ ? static_cast<int>(value) : 0;
    }

    /// A day, counted from 1970, within the years of the instants.
    int day()
    {
        const auto value = signed_number();
        if (value < earliest_second / 86400 || value > latest_second / 86400)
            sound_ = false;
        return sound_ ? static_cast<int>(value) : 0;
    }

    /// An instant, written as seconds after the one before it.
    std::int64_t second_after(std::int64_t before)
    {
        const auto step = signed_number();
        if (step < earliest_second * 2 || step > latest_second * 2) {
            sound_ = false;
            return before;
        }
        const auto at = before + step;
        if (at < earliest_second || at > latest_second)
            sound_ = false;
        return at;
    }

    std::string text(std::size_t longest)
    {
        const auto length = at_most(longest);
        if (length > bytes_.size())
            sound_ = false;
        if (!sound_)
            return {};
        std::string out(bytes_.substr(0, length));
        bytes_.remove_prefix(length);
        return out;
    }

    bool sound() const { return sound_; }
    bool done() const { return bytes_.empty(); }

private:
    std::string_view bytes_;
    bool sound_ = true;
};

CourseSeries series_taken(Taking& taking)
{
    CourseSeries series;
    series.form = taking.text(longest_id);
    series.item = taking.text(longest_id);
    series.version = static_cast<int>(taking.at_most(1'000'000));
    series.worse = static_cast<CourseValue::Worse>(taking.at_most(2));
    std::int64_t at = 0;
    for (auto left = taking.at_most(Course::most_points); left > 0 && taking.sound(); --left) {
        at = taking.second_after(at);
        const int value = taking.small();
        series.points.emplace_back(instant_of(at), value);
    }
    return series;
}

} // namespace

void Course::add(const CourseAnswer& answer)
{
    CourseAnswer kept = answer;
    kept.at = instant_of(seconds_of(answer.at));
    const auto place = std::lower_bound(answers_.begin(), answers_.end(), kept,
                                        [](const auto& a, const auto& b) { return a.at < b.at; });
    if (place != answers_.end() && place->at == kept.at)
        *place = kept;
    else
        answers_.insert(place, kept);
    let_go_of_the_old();
}

void Course::forget_before(Instant before)
{
    std::erase_if(answers_, [&](const CourseAnswer& each) { return each.at < before; });
    std::erase_if(totals_, [&](const CourseTotal& each) { return each.at < before; });
    for (auto& each : series_)
        std::erase_if(each.points, [&](const auto& point) { return point.first < before; });
    std::erase_if(series_, [](const CourseSeries& each) { return each.points.empty(); });
}

void Course::add(const CourseTotal& total)
{
    CourseTotal kept = total;
    kept.at = instant_of(seconds_of(total.at));
    if (kept.critical_items.size() > most_critical_items)
        kept.critical_items.resize(most_critical_items);
    const auto earlier = [](const auto& a, const auto& b) {
        return std::tie(a.at, a.instrument) < std::tie(b.at, b.instrument);
    };
    const auto place = std::lower_bound(totals_.begin(), totals_.end(), kept, earlier);
    if (place != totals_.end() && place->at == kept.at && place->instrument == kept.instrument)
        *place = std::move(kept);
    else
        totals_.insert(place, std::move(kept));
    let_go_of_the_old();
}

void Course::add(const CourseValue& value)
{
    const Instant at = instant_of(seconds_of(value.at));
    auto series = std::find_if(series_.begin(), series_.end(), [&](const CourseSeries& each) {
        return each.form == value.form && each.item == value.item && each.version == value.version;
    });
    if (series == series_.end()) {
        series_.push_back({value.form, value.item, value.version, value.worse});
        series = series_.end() - 1;
    }
    auto& points = series->points;
    const auto place = std::lower_bound(points.begin(), points.end(), at,
                                        [](const auto& point, Instant instant) { return point.first < instant; });
    if (place != points.end() && place->first == at)
        place->second = value.value;
    else
        points.insert(place, {at, value.value});
    if (points.size() > most_points)
        points.erase(points.begin());
    let_go_of_old_series();
}

void Course::let_go_of_old_series()
{
    const auto last = [](const CourseSeries& each) { return each.points.back().first; };
    const auto earlier = [&](const CourseSeries& a, const CourseSeries& b) { return last(a) < last(b); };
    if (series_.empty())
        return;
    const auto oldest = last(*std::max_element(series_.begin(), series_.end(), earlier)) - std::chrono::hours(24) * days_kept;
    for (auto& each : series_)
        std::erase_if(each.points, [&](const auto& point) { return point.first < oldest; });
    std::erase_if(series_, [](const CourseSeries& each) { return each.points.empty(); });
    if (series_.size() > most_series)
        series_.erase(std::min_element(series_.begin(), series_.end(), earlier));
}

void Course::let_go_of_the_old()
{
    if (!answers_.empty()) {
        const auto oldest = answers_.back().at - std::chrono::hours(24) * days_kept;
        std::erase_if(answers_, [&](const auto& each) { return each.at < oldest; });
    }
    if (answers_.size() > most_answers)
        answers_.erase(answers_.begin(), answers_.end() - static_cast<std::ptrdiff_t>(most_answers));
    if (totals_.size() > most_totals)
        totals_.erase(totals_.begin(), totals_.end() - static_cast<std::ptrdiff_t>(most_totals));
}

std::optional<Instant> Course::heard_at() const
{
    std::optional<Instant> newest;
    if (!answers_.empty())
        newest = answers_.back().at;
    if (!totals_.empty() && (!newest || totals_.back().at > *newest))
        newest = totals_.back().at;
    for (const auto& each : series_)
        newest = std::max(newest.value_or(each.points.back().first), each.points.back().first);
    return newest;
}

std::vector<CourseTotal> Course::totals_of(std::string_view instrument, std::string_view of_version) const
{
    std::vector<CourseTotal> out;
    for (const auto& each : totals_)
        if (each.instrument == instrument && (each.version.empty() || each.version == of_version))
            out.push_back(each);
    return out;
}

const CourseTotal* Course::last_critical(std::string_view instrument, std::string_view of_version) const
{
    for (auto each = totals_.rbegin(); each != totals_.rend(); ++each)
        if (each->instrument == instrument && each->version == of_version && each->critical)
            return &*each;
    return nullptr;
}

std::optional<double> Course::last_total(std::string_view instrument, std::string_view of_version) const
{
    const auto totals = totals_of(instrument, of_version);
    for (auto each = totals.rbegin(); each != totals.rend(); ++each)
        if (each->total)
            return each->total;
    return std::nullopt;
}

std::string Course::encoded() const
{
    std::string out(1, series_.empty() ? version_without_series : version_with_series);
    put(out, answers_.size());
    std::int64_t before = 0;
    for (const auto& each : answers_) {
        const auto at = seconds_of(each.at);
        put_signed(out, at - before);
        before = at;
        out += static_cast<char>((each.mood & 0x0F) | ((each.sleep & 0x0F) << 4));
    }
    // Instruments and their versions once; each total names its place in this list.
    std::map<std::pair<std::string, std::string>, std::size_t> kinds;
    std::string names;
    for (const auto& each : totals_)
        if (kinds.try_emplace({each.instrument, each.version}, kinds.size()).second) {
            put_text(names, each.instrument);
            put_text(names, each.version);
        }
    put(out, kinds.size());
    out += names;
    put(out, totals_.size());
    before = 0;
    for (const auto& each : totals_) {
        const auto at = seconds_of(each.at);
        put_signed(out, at - before);
        before = at;
        put(out, kinds.at({each.instrument, each.version}));
        // Zero stands for "not complete" and "not answered"; every number is one more than it is.
        put(out, each.total ? static_cast<std::uint64_t>(std::llround(*each.total * 10)) + 1 : 0);
        put(out, each.critical ? static_cast<std::uint64_t>(*each.critical) + 1 : 0);
        put(out, static_cast<std::uint64_t>(each.follow_up));
        put(out, each.critical_items.size());
        for (const auto& [item, value] : each.critical_items) {
            put_text(out, item);
            put_signed(out, value);
        }
    }
    put(out, treatment_ ? 1U + (treatment_->psychological ? 2U : 0U) + (treatment_->medication ? 4U : 0U) : 0U);
    if (treatment_)
        put_signed(out, treatment_->started_on.time_since_epoch().count());
    if (series_.empty())
        return out;
    put(out, series_.size());
    for (const auto& each : series_) {
        put_text(out, each.form);
        put_text(out, each.item);
        put(out, static_cast<std::uint64_t>(each.version));
        put(out, static_cast<std::uint64_t>(each.worse));
        put(out, each.points.size());
        before = 0;
        for (const auto& [at, value] : each.points) {
            put_signed(out, seconds_of(at) - before);
            before = seconds_of(at);
            put_signed(out, value);
        }
    }
    return out;
}

Result<Course> Course::decoded(std::string_view bytes)
{
    const Error damaged{ErrorKind::Invalid, "What was kept about the last months cannot be read.",
                        "course block damaged; it can be worked out again from the answers", {}};
    if (bytes.empty())
        return damaged;
    const bool with_series = bytes.front() == version_with_series;
    const bool versions = with_series || bytes.front() == version_without_series;
    if (!versions && bytes.front() != version_without_versions)
        return unavailable("This was written by a newer Handrail.", "course block of an unknown version");
    Taking taking(bytes.substr(1));
    Course out;
    const auto answers = taking.at_most(most_answers);
    std::int64_t at = 0;
    for (std::size_t i = 0; i < answers && taking.sound(); ++i) {
        at = taking.second_after(at);
        const int packed = taking.byte();
        out.answers_.push_back({instant_of(at), packed & 0x0F, packed >> 4});
    }
    std::vector<std::pair<std::string, std::string>> kinds;
    if (versions)
        for (auto left = taking.at_most(most_totals); left > 0 && taking.sound(); --left) {
            auto instrument = taking.text(longest_id);
            kinds.emplace_back(std::move(instrument), taking.text(longest_version));
        }
    const auto totals = taking.at_most(most_totals);
    at = 0;
    for (std::size_t i = 0; i < totals && taking.sound(); ++i) {
        CourseTotal total;
        at = taking.second_after(at);
        total.at = instant_of(at);
        if (versions) {
            const auto kind = taking.below(kinds.size());
            if (!taking.sound())
                break;
            total.instrument = kinds[kind].first;
            total.version = kinds[kind].second;
        } else {
            total.instrument = taking.text(longest_id);
        }
        if (const auto tenths = taking.at_most(highest_tenths); tenths > 0)
            total.total = static_cast<double>(tenths - 1) / 10.0;
        if (const auto critical = taking.at_most(1001); critical > 0)
            total.critical = static_cast<int>(critical) - 1;
        if (versions) {
            total.follow_up = static_cast<FollowUp>(taking.at_most(2));
            for (auto left = taking.at_most(most_critical_items); left > 0 && taking.sound(); --left) {
                auto item = taking.text(longest_id);
                total.critical_items.emplace_back(std::move(item), taking.small());
            }
        }
        out.totals_.push_back(std::move(total));
    }
    if (versions)
        if (const auto kinds_of_treatment = taking.at_most(7); kinds_of_treatment != 0) {
            Treatment treatment;
            treatment.psychological = (kinds_of_treatment & 2U) != 0;
            treatment.medication = (kinds_of_treatment & 4U) != 0;
            treatment.started_on = std::chrono::sys_days{std::chrono::days{taking.day()}};
            out.treatment_ = treatment;
        }
    if (with_series)
        for (auto left = taking.at_most(most_series); left > 0 && taking.sound(); --left)
            out.series_.push_back(series_taken(taking));
    const auto by_time = [](const auto& a, const auto& b) { return a.at < b.at; };
    const auto in_order = [](const CourseSeries& each) {
        return !each.points.empty() && std::is_sorted(each.points.begin(), each.points.end());
    };
    if (!taking.sound() || !taking.done() || (with_series && out.series_.empty()) ||
        !std::all_of(out.series_.begin(), out.series_.end(), in_order) || !std::is_sorted(out.answers_.begin(), out.answers_.end(), by_time) ||
        !std::is_sorted(out.totals_.begin(), out.totals_.end(), by_time))
        return damaged;
    return out;
}

} // namespace handrail::monitoring
