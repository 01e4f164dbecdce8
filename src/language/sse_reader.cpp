#include "language/sse_reader.h"

namespace handrail::language {

Result<bool> SseReader::feed(std::string_view bytes, const std::function<bool(Event)>& take)
{
    for (const char c : bytes) {
        if (after_cr_ && c == '\n') {
            after_cr_ = false;
            continue;
        }
        after_cr_ = c == '\r';
        if (c != '\n' && c != '\r') {
            line_ += c;
            if (line_.size() + event_.data.size() > largest_)
                return Error{ErrorKind::TooMuch, "One event of the answer is too large.",
                             "an event of more than " + std::to_string(largest_) + " bytes", {}};
            continue;
        }
        const bool more = line(line_, take);
        line_.clear();
        if (!more)
            return false;
    }
    return true;
}

bool SseReader::finish(const std::function<bool(Event)>& take)
{
    if (!line_.empty()) {
        const auto last = std::move(line_);
        line_.clear();
        if (!line(last, take))
            return false;
    }
    return line({}, take);
}

bool SseReader::line(std::string_view text, const std::function<bool(Event)>& take)
{
    if (at_start_ && text.substr(0, 3) == "\xef\xbb\xbf")
        text.remove_prefix(3);
    at_start_ = false;
    if (text.empty()) {
        auto whole = std::move(event_);
        event_ = {};
        const bool has = has_data_;
        has_data_ = false;
        return !has || take(std::move(whole));
    }
    const auto colon = text.find(':');
    const auto field = text.substr(0, colon);
    seen_ = seen_ || field.empty() || field == "data" || field == "event" || field == "id" || field == "retry";
    auto value = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    if (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    if (field == "data") {
        if (has_data_)
            event_.data += '\n';
        event_.data += value;
        has_data_ = true;
    } else if (field == "event") {
        event_.name = value;
    }
    return true;
}

} // namespace handrail::language
