#include "domain/opening_hours.h"

#include <algorithm>
#include <string>

namespace handrail {

namespace {

constexpr std::array<std::string_view, 7> day_names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 4> zone_words{"Eastern", "Central", "Mountain", "Pacific"};
constexpr int day_long = 24 * 60;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Words, times ("09:00") and signs, one after the other.
std::vector<std::string> pieces(std::string_view text)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (is_letter(text[at]))
            while (end < text.size() && is_letter(text[end]))
                ++end;
        else if (is_digit(text[at]))
            while (end < text.size() && (is_digit(text[end]) || text[end] == ':'))
                ++end;
        if (text[at] != ' ')
            out.emplace_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

std::optional<std::size_t> day_of(const std::string& word)
{
    const auto found = std::find(day_names.begin(), day_names.end(), word);
    if (found == day_names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - day_names.begin());
}

/// "24:00" is the end of a day.
std::optional<int> minute_of(const std::string& text)
{
    if (text.size() != 5 || text[2] != ':' || !is_digit(text[0]) || !is_digit(text[1]) || !is_digit(text[3]) || !is_digit(text[4]))
        return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
        return std::nullopt;
    return hour * 60 + minute;
}

class Reader {
public:
    explicit Reader(std::string_view written) : pieces_(pieces(written)) {}

    std::optional<OpeningHours> read()
    {
        if (pieces_.size() == 3 && pieces_[0] == "24" && pieces_[1] == "/" && pieces_[2] == "7") {
            out_.always = true;
            return out_;
        }
        if (!pieces_.empty() && std::find(zone_words.begin(), zone_words.end(), pieces_.back()) != zone_words.end())
            pieces_.pop_back();
        while (at_ < pieces_.size())
            if (!step())
                return std::nullopt;
        if (!named_.empty() || !any_)
            return std::nullopt;
        return out_;
    }

private:
    std::string next(std::size_t ahead = 0) const { return at_ + ahead < pieces_.size() ? pieces_[at_ + ahead] : std::string(); }

    bool step()
    {
        const auto& piece = pieces_[at_];
        if (piece == "," || piece == ";" || piece == "and") {
            ++at_;
            return true;
        }
        if (piece == "daily") { // after its hours, or before them
            ++at_;
            return named_.empty();
        }
        if (piece == "weekdays") {
            ++at_;
            named_.insert(named_.end(), {0, 1, 2, 3, 4});
            return true;
        }
        if (piece == "to")
            return longer();
        if (const auto from = day_of(piece)) {
            const auto to = next(1) == "-" ? day_of(next(2)) : from;
            if (!to)
                return false;
            for (auto day = *from;; day = (day + 1) % 7) {
                named_.push_back(day);
                if (day == *to)
                    break;
            }
            at_ += next(1) == "-" ? 3 : 1;
            return true;
        }
        return span();
    }

    /// "09:00-17:00", on the days named before it or on every day.
    bool span()
    {
        const auto from = minute_of(next());
        auto to = next(1) == "-" ? minute_of(next(2)) : std::nullopt;
        if (!from || !to || *from == *to)
            return false;
        if (*to < *from)
            *to += day_long;
        if (named_.empty()) {
            if (any_)
                return false; // hours for every day beside others: which of them hold is not said
            named_ = {0, 1, 2, 3, 4, 5, 6};
        }
        for (const auto day : named_)
            out_.days[day].emplace_back(*from, *to);
        named_.clear();
        any_ = true;
        at_ += 3;
        return true;
    }

    /// "Tue and Thu to 19:00": on these days the hours that they have end later.
    bool longer()
    {
        auto to = minute_of(next(1));
        if (!to || named_.empty())
            return false;
        for (const auto day : named_) {
            if (out_.days[day].size() != 1)
                return false;
            auto& hours = out_.days[day].front();
            hours.second = *to < hours.first ? *to + day_long : *to;
        }
        named_.clear();
        at_ += 2;
        return true;
    }

    std::vector<std::string> pieces_;
    std::size_t at_ = 0;
    std::vector<std::size_t> named_; ///< days that wait for their hours
    bool any_ = false;
    OpeningHours out_;
};

} // namespace

std::optional<OpeningHours> opening_hours(std::string_view written)
{
    return Reader(written).read();
}

} // namespace handrail
