#include "gateway/held_stream.h"

#include <algorithm>
#include <array>
#include <exception>

#include <boost/json.hpp>

#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;

constexpr std::size_t long_sentence = 600; ///< bytes
constexpr std::size_t kept_back = 200;     ///< of a long sentence, so that no phrase is cut in two
constexpr std::size_t looked_back = 800;   ///< what was let go just before is judged with what comes

/// Words out of JSON, so that an escape hides none; other text as it is.
std::string words_in(std::string_view text)
{
    json::error_code failed;
    const auto value = json::parse({text.data(), text.size()}, failed);
    if (failed || !(value.is_object() || value.is_array()))
        return std::string(text);
    std::string words;
    texts_in(value, words);
    return words;
}

bool plain_name(std::string_view text, std::size_t longest)
{
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

std::string known_reason(std::string_view reason)
{
    constexpr std::array<std::string_view, 5> known{"stop", "length", "tool_calls", "content_filter", "function_call"};
    return std::find(known.begin(), known.end(), reason) != known.end() ? std::string(reason) : std::string("stop");
}

/// The last of what was let go, from the beginning of a word.
std::string_view tail_of(std::string_view released)
{
    if (released.size() <= looked_back)
        return released;
    released.remove_prefix(released.size() - looked_back);
    const auto space = released.find(' ');
    return space == std::string_view::npos ? released : released.substr(space + 1);
}

/// How long the character is that begins here; 0: none does, or it is cut off.
std::size_t character_at(std::string_view bytes)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const auto first = at(0);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : (first & 0xf0U) == 0xe0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (length == 0 || bytes.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((at(i) & 0xc0U) != 0x80)
            return 0;
    if ((first == 0xe0 && at(1) < 0xa0) || (first == 0xed && at(1) > 0x9f) || (first == 0xf0 && at(1) < 0x90) ||
        (first == 0xf4 && at(1) > 0x8f))
        return 0;
    return length;
}

} // namespace

std::string whole_utf8(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto length = character_at(bytes);
        if (length == 0) {
            out += "\xef\xbf\xbd";
            bytes.remove_prefix(1);
            while (!bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0xc0U) == 0x80)
                bytes.remove_prefix(1);
        } else {
            out += bytes.substr(0, length);
            bytes.remove_prefix(length);
        }
    }
    return out;
}

std::size_t sentence_end(std::string_view held)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i < held.size(); ++i) {
        const char c = held[i];
        if (c == '\n')
            end = i + 1;
        else if ((c == '.' || c == '!' || c == '?') && i + 1 < held.size() && (held[i + 1] == ' ' || held[i + 1] == '\n'))
            end = i + 1;
        // U+3002, U+FF01, U+FF1F: the full stop, exclamation and question marks of East Asian texts.
        else if (held.substr(i, 3) == "\xe3\x80\x82" || held.substr(i, 3) == "\xef\xbc\x81" ||
                 held.substr(i, 3) == "\xef\xbc\x9f")
            end = i + 3;
    }
    if (end > 0 || held.size() < long_sentence)
        return end;
    const auto space = held.substr(0, held.size() - kept_back).find_last_of(' ');
    return space == std::string_view::npos ? 0 : space + 1;
}

Result<OutputScreen::Judged> HeldStream::judged(std::string_view words)
{
    try {
        auto result = screen_.judge(words);
        if (!result)
            failed_ = true;
        return result;
    } catch (const std::exception& broken) {
        failed_ = true;
        return unavailable("This could not be screened, so nothing was let through.",
                           std::string("gateway: the screener failed: ") + broken.what());
    }
}

void HeldStream::withhold_all(bool screened)
{
    for (auto& [index, open] : choices_) {
        std::uint64_t bytes = open.content.held.size() + open.refusal.held.size();
        for (const auto& [number, call] : open.calls)
            bytes += call.arguments.size() + call.name.size();
        if (screened)
            tally_.judged(bytes, false);
        else
            tally_.withheld += bytes;
        open.content.held.clear();
        open.refusal.held.clear();
        open.calls.clear();
        open.ended = true;
    }
}

Result<void> HeldStream::text_part(int choice, Field field, std::string_view text, Pieces& out)
{
    ensure(!failed_, "after a failure of the screener nothing is read on");
    if (text.empty())
        return {};
    tally_.received += text.size();
    auto& open = choices_[choice];
    if (open.ended) {
        tally_.judged(text.size(), false); // what follows after something was replaced
        return {};
    }
    auto& held = field == Field::Content ? open.content.held : open.refusal.held;
    held += text;
    if (hold_ == Hold::Whole)
        return {};
    if (const auto bytes = sentence_end(held); bytes > 0)
        TRY(release(choice, open, field, bytes, false, out));
    return {};
}

void HeldStream::call(int choice, CallPart part)
{
    ensure(!failed_, "after a failure of the screener nothing is read on");
    const auto bytes = part.arguments.size() + part.name.size();
    tally_.received += bytes;
    auto& open = choices_[choice];
    if (open.ended)
        return tally_.judged(bytes, false);
    auto& call = open.calls[part.index];
    call.index = part.index;
    if (call.id.empty())
        call.id = std::move(part.id);
    call.custom = call.custom || part.custom;
    call.name += part.name;
    call.arguments += part.arguments;
}

/// @return false when something else was said in its place
Result<bool> HeldStream::release(int choice, Open& open, Field field, std::size_t bytes, bool last, Pieces& out)
{
    auto& text = field == Field::Content ? open.content : open.refusal;
    if (bytes == 0)
        return true;
    const auto piece = whole_utf8(std::string_view(text.held).substr(0, bytes));
    const auto before = last ? std::string_view(text.released) : tail_of(text.released);
    const auto words = hold_ == Hold::Whole ? words_in(piece) : std::string(before) + piece;
    const auto found = judged(words);
    if (!found) {
        withhold_all(false);
        return found.error();
    }
    if (!found->allowed) {
        replace(choice, open, *found, out);
        return false;
    }
    tally_.judged(bytes, true);
    text.held.erase(0, bytes);
    text.released += piece;
    out.push_back({field == Field::Content ? Piece::Kind::Content : Piece::Kind::Refusal, choice, piece, {}, false});
    return true;
}

Result<bool> HeldStream::release_calls(int choice, Open& open, Pieces& out)
{
    if (open.calls.empty())
        return true;
    std::string words;
    std::uint64_t bytes = 0;
    for (auto& [index, call] : open.calls) {
        bytes += call.arguments.size() + call.name.size();
        call.arguments = whole_utf8(call.arguments);
        words += (words.empty() ? "" : "\n") + words_in(call.arguments);
        if (!plain_name(call.name, 64))
            words += "\n" + whole_utf8(call.name);
    }
    const auto found = judged(words);
    if (!found) {
        withhold_all(false);
        return found.error();
    }
    if (!found->allowed) {
        replace(choice, open, *found, out);
        return false;
    }
    tally_.judged(bytes, true);
    for (auto& [index, call] : open.calls) {
        if (!plain_name(call.id, 100))
            call.id = fresh_id("call_");
        call.name = whole_utf8(call.name);
        const bool old_function = index < 0;
        call.index = std::max(0, index);
        out.push_back({Piece::Kind::Call, choice, {}, call, old_function});
    }
    open.calls.clear();
    return true;
}

Result<bool> HeldStream::release_rest(int choice, Open& open, Pieces& out)
{
    for (const auto field : {Field::Content, Field::Refusal}) {
        auto& text = field == Field::Content ? open.content : open.refusal;
        if (!TRY(release(choice, open, field, text.held.size(), true, out)))
            return false;
    }
    return release_calls(choice, open, out);
}

Result<void> HeldStream::finish(int choice, std::string_view reason, Pieces& out)
{
    ensure(!failed_, "after a failure of the screener nothing is read on");
    auto& open = choices_[choice];
    if (open.ended)
        return {};
    if (!TRY(release_rest(choice, open, out)))
        return {};
    open.ended = true;
    out.push_back({Piece::Kind::Finish, choice, known_reason(reason), {}, false});
    return {};
}

Result<void> HeldStream::break_off(Pieces& out)
{
    for (auto& [choice, open] : choices_)
        if (!open.ended) {
            // Half a call is none.
            std::uint64_t bytes = 0;
            for (const auto& [index, call] : open.calls)
                bytes += call.arguments.size() + call.name.size();
            tally_.judged(bytes, false);
            open.calls.clear();
            TRY(release_rest(choice, open, out));
            open.ended = true;
        }
    return {};
}

void HeldStream::abandon()
{
    if (!failed_)
        withhold_all(true);
}

/// What was let go stays; the rest of this choice does not come, and these words do.
void HeldStream::replace(int choice, Open& open, const OutputScreen::Judged& found, Pieces& out)
{
    replaced_ = true;
    for (const auto& rule : found.rules)
        if (std::find(rules_.begin(), rules_.end(), rule) == rules_.end())
            rules_.push_back(rule);
    std::uint64_t bytes = open.content.held.size() + open.refusal.held.size();
    for (const auto& [index, call] : open.calls)
        bytes += call.arguments.size() + call.name.size();
    tally_.judged(bytes, false);
    open.content.held.clear();
    open.refusal.held.clear();
    open.calls.clear();
    open.ended = true;
    const bool begun = !open.content.released.empty() || !open.refusal.released.empty();
    if (begun) {
        out.push_back({Piece::Kind::Content, choice, "\n\n" + found.replacement, {}, false});
    } else {
        auto instead = shaping_(found.replacement);
        for (auto& call : instead.calls)
            out.push_back({Piece::Kind::Call, choice, {}, std::move(call), instead.old_function});
        if (instead.has_content)
            out.push_back({Piece::Kind::Content, choice, std::move(instead.content), {}, false});
    }
    out.push_back({Piece::Kind::Finish, choice, "stop", {}, false});
}

bool HeldStream::all_ended(int choices) const
{
    return std::count_if(choices_.begin(), choices_.end(), [](const auto& each) { return each.second.ended; }) >= choices;
}

} // namespace handrail::gateway
