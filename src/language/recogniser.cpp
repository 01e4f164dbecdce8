#include "language/recogniser.h"

#include <algorithm>

namespace handrail::language {

std::string_view name(Personal kind)
{
    switch (kind) {
    case Personal::Name: return "person";
    case Personal::Place: return "place";
    case Personal::Address: return "address";
    case Personal::Phone: return "phone";
    case Personal::Email: return "email";
    case Personal::Number: return "number";
    case Personal::Date: return "date";
    case Personal::Link: return "link";
    }
    return "person";
}

bool Look::follows(std::string_view kind, std::size_t piece) const
{
    for (const auto& phrase : lists.phrases(kind, language)) {
        // A line break or a sign may stand between "Address:" and what follows.
        auto at = piece;
        while (at > 0 && phrase.back() != pieces[at - 1].low &&
               (pieces[at - 1].kind == Piece::Kind::Line || pieces[at - 1].low == ":" || pieces[at - 1].low == "\""))
            --at;
        if (at < phrase.size())
            continue;
        bool same = true;
        for (std::size_t i = 0; i < phrase.size() && same; ++i)
            same = pieces[at - phrase.size() + i].low == phrase[i];
        if (same)
            return true;
    }
    return false;
}

Result<Recogniser> Recogniser::load(const std::filesystem::path& content_folder)
{
    return Recogniser(TRY(WordLists::load(content_folder / "pseudonyms")));
}

std::vector<Mention> Recogniser::find(std::string_view text, std::string_view language) const
{
    std::vector<Mention> found;
    const auto pieces = pieces_of(text);
    Look look{text, language, pieces, lists_, found};
    find_contact_data(look);
    find_addresses(look);
    find_names_and_places(look);
    std::sort(found.begin(), found.end(), [](const Mention& a, const Mention& b) { return a.begin < b.begin; });
    return found;
}

} // namespace handrail::language
