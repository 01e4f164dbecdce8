#include "app/unkept.h"

#include "base/text.h"
#include "support/unkept.h"

namespace handrail::app {

namespace {

/// The first of them that has texts here. Its region is no country to take numbers from: a browser set to American
/// English is used everywhere.
std::string language_of(const House& house, const std::vector<std::string>& languages)
{
    const auto& books = house.dialogue.phrasebooks();
    for (const auto& tag : languages)
        if (const auto primary = split(tag, '-').front(); books.find(primary) != books.end())
            return std::string(primary);
    return "en";
}

} // namespace

std::optional<std::vector<Block>> unkept(const House& house, bool away, std::string_view words, const Finding& finding,
                                         const std::vector<std::string>& languages, const std::string& country)
{
    const auto service = house.service.read_or_last(house.system(), away);
    auto here = support::situation_at(service.ok() ? *service : care::Service{}, house.clock.now());
    if (!house.config.demo)
        here.languages = house.dialogue.signed_languages(service.ok() ? *service : care::Service{});
    here.language = language_of(house, languages);
    if (house.lines.country(country) != nullptr)
        here.region = country;
    return support::answer_unkept(house.dialogue, words, finding, here);
}

} // namespace handrail::app
