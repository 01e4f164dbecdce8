#include "trust/erasure_list.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <unordered_map>

#include "base/text.h"

namespace handrail::trust {

namespace {

constexpr std::string_view title = "handrail erasures 1\n";
constexpr std::string_view signed_with = "signed ";

std::string signature_of(std::string_view body, const AuditKey& key)
{
    return to_hex(keyed_hash(key.key.derived("handrail erasures"), body));
}

Result<std::int64_t> number_in(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size())
        return invalid("This is not a list of erasures: a number was expected.");
    return number;
}

} // namespace

std::string written(const ErasureList& list, const AuditKey& key)
{
    std::string body(title);
    body += "epoch " + std::to_string(list.epoch) + "\n";
    for (const auto& each : list.erased)
        body += "erased " + each.organisation.text() + " " + each.person.text() + " " +
                std::to_string(to_stored(each.at)) + " " + std::to_string(each.last_epoch) + "\n";
    return body + std::string(signed_with) + signature_of(body, key) + "\n";
}

Result<ErasureList> read_erasure_list(const std::string& text, const AuditKey& key)
{
    const auto wrong = invalid("This is not a list of erasures of this service, or it was changed.");
    const auto sign_at = text.rfind(signed_with);
    if (!text.starts_with(title) || sign_at == std::string::npos)
        return wrong;
    const auto body = std::string_view(text).substr(0, sign_at);
    const auto signature = signature_of(body, key) + "\n";
    if (!same_bytes(signature, std::string_view(text).substr(sign_at + signed_with.size())))
        return wrong;
    ErasureList list;
    for (const auto line : split(body.substr(title.size()), '\n')) {
        const auto words = split(line, ' ');
        if (words.size() == 2 && words[0] == "epoch")
            list.epoch = TRY(number_in(words[1]));
        if (words.size() == 5 && words[0] == "erased")
            list.erased.push_back({TRY(OrganisationId::from(words[1])), TRY(PersonId::from(words[2])),
                                   from_stored(TRY(number_in(words[3]))), TRY(number_in(words[4]))});
    }
    return list;
}

ErasureList both(ErasureList one, const ErasureList& other)
{
    one.epoch = std::max(one.epoch, other.epoch);
    std::unordered_map<PersonId, std::size_t> places;
    for (std::size_t i = 0; i < one.erased.size(); ++i)
        places.emplace(one.erased[i].person, i);
    for (const auto& each : other.erased) {
        const auto [place, fresh] = places.emplace(each.person, one.erased.size());
        if (fresh)
            one.erased.push_back(each);
        else
            one.erased[place->second].last_epoch = std::max(one.erased[place->second].last_epoch, each.last_epoch);
    }
    std::sort(one.erased.begin(), one.erased.end(), [](const Erased& a, const Erased& b) {
        return std::tie(a.at, a.organisation, a.person) < std::tie(b.at, b.organisation, b.person);
    });
    return one;
}

} // namespace handrail::trust
