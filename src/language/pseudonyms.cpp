#include "language/pseudonyms.h"

#include <algorithm>
#include <cctype>

#include "base/fields.h"

namespace handrail::language {

namespace {

constexpr Personal all[] = {Personal::Name, Personal::Place, Personal::Address, Personal::Phone,
                            Personal::Email, Personal::Number, Personal::Date, Personal::Link};

/// What makes two mentions the same: letters and digits in lower case.
std::string mark_of(std::string_view words)
{
    std::string out;
    for (const auto& piece : pieces_of(words))
        if (piece.kind != Piece::Kind::Mark && piece.kind != Piece::Kind::Line)
            out += piece.low + " ";
    return out;
}

/// The pseudonym that begins at a bracket: kind, number and its end. No kind: none.
struct Found {
    bool is = false;
    Personal kind = Personal::Name;
    int number = 0;
    std::size_t end = 0;
};

Found pseudonym_at(std::string_view text, std::size_t at)
{
    const auto close = text.find(']', at);
    if (close == std::string_view::npos || close - at > 20)
        return {};
    std::string letters, digits;
    for (const char c : text.substr(at + 1, close - at - 1)) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0 && digits.empty())
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (std::isdigit(static_cast<unsigned char>(c)) != 0)
            digits += c;
        else if (c != ' ' && c != '_' && c != '-')
            return {};
    }
    if (digits.empty() || digits.size() > 4)
        return {};
    for (const auto kind : all)
        if (letters == name(kind))
            return {true, kind, std::stoi(digits), close + 1};
    return {};
}

} // namespace

const Pseudonyms::Known& Pseudonyms::known(Personal kind, std::string_view words)
{
    const auto mark = mark_of(words);
    int last = 0;
    for (const auto& each : known_) {
        if (each.kind != kind)
            continue;
        if (mark_of(each.words) == mark)
            return each;
        last = std::max(last, each.number);
    }
    known_.push_back({kind, std::string(words), last + 1});
    return known_.back();
}

std::string Pseudonyms::hide(std::string_view text, std::string_view language, const Recogniser& recogniser)
{
    std::string out;
    std::size_t from = 0;
    // A bracket that somebody wrote as one of ours would be put back as another's name.
    const auto plain = [&](std::string_view part) {
        for (std::size_t at = 0; at < part.size(); ++at)
            out += part[at] == '[' && pseudonym_at(part, at).is ? '(' : part[at];
    };
    for (const auto& mention : recogniser.find(text, language)) {
        if (mention.begin < from)
            continue;
        plain(text.substr(from, mention.begin - from));
        const auto& one = known(mention.kind, text.substr(mention.begin, mention.end - mention.begin));
        out += "[" + std::string(name(one.kind)) + " " + std::to_string(one.number) + "]";
        from = mention.end;
    }
    plain(text.substr(from));
    return out;
}

Result<std::string> Pseudonyms::put_back(std::string_view text) const
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = text[at] == '[' ? pseudonym_at(text, at) : Found{};
        if (!found.is) {
            out += text[at++];
            continue;
        }
        const auto one = std::find_if(known_.begin(), known_.end(), [&](const Known& each) {
            return each.kind == found.kind && each.number == found.number;
        });
        if (one == known_.end())
            return not_found("There is nobody of this name.");
        out += one->words;
        at = found.end;
    }
    return out;
}

std::string Pseudonyms::text() const
{
    Fields all_of;
    for (const auto& each : known_)
        all_of.add("one", Fields{{"kind", name(each.kind)}, {"words", each.words}, {"number", std::to_string(each.number)}});
    return all_of.encoded();
}

Pseudonyms Pseudonyms::from(std::string_view text)
{
    Pseudonyms out;
    const auto fields = Fields::decoded(text);
    if (!fields.ok())
        return out;
    for (const auto& each : fields->inner("one"))
        for (const auto kind : all)
            if (each.text("kind") == name(kind) && each.number("number") > 0)
                out.known_.push_back({kind, each.text("words"), static_cast<int>(each.number("number"))});
    return out;
}

} // namespace handrail::language
