#include "care/saved_replies.h"

#include <algorithm>

#include "base/fields.h"
#include "base/text.h"

namespace handrail::care {

namespace {

constexpr std::string_view setting = "saved_replies";
constexpr std::size_t most = 200;
constexpr std::size_t longest_title = 60;
constexpr std::size_t longest_text = 2000;

Result<SavedReplies> replies_in(const std::optional<std::string>& kept)
{
    SavedReplies replies;
    if (!kept)
        return replies;
    const auto body = TRY(Fields::decoded(*kept));
    replies.version = body.number("version");
    for (const auto& each : body.inner("reply"))
        replies.items.push_back({each.text("language"), each.text("title"), each.text("text")});
    return replies;
}

/// The one name in braces that is filled in is {name}: another would reach the person as it stands.
bool fills_only_the_name(std::string text)
{
    constexpr std::string_view name = "{name}";
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
        text.erase(at, name.size());
    return text.find_first_of("{}") == std::string::npos;
}

Result<void> fits(const SavedReply& reply, std::size_t place)
{
    const auto where = "/items/" + std::to_string(place);
    const bool tag = (reply.language.size() == 2 || reply.language.size() == 3) &&
                     std::all_of(reply.language.begin(), reply.language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!tag)
        return invalid("A language is written in two or three small letters: en.", where + "/language");
    if (trimmed(reply.title).empty() || code_points(reply.title) > longest_title)
        return invalid("A title has 1 to 60 characters.", where + "/title");
    if (trimmed(reply.text).empty() || code_points(reply.text) > longest_text)
        return invalid("A saved reply has 1 to 2,000 characters.", where + "/text");
    if (!fills_only_the_name(reply.text))
        return invalid("Only {name} may stand in braces.", where + "/text");
    return {};
}

} // namespace

Result<SavedReplies> SavedReplyDesk::read(const Actor& actor) const
{
    return replies_in(TRY(settings_.get(actor, setting)));
}

Result<SavedReplies> SavedReplyDesk::save(const Actor& actor, const SavedReplies& replies) const
{
    if (actor.role() != Role::Lead && actor.role() != Role::Administrator)
        return not_allowed("Only a lead or an administrator changes saved replies.");
    if (replies.items.size() > most)
        return Error{ErrorKind::TooMuch, "A service keeps up to 200 saved replies.", {}, "/items"};
    for (std::size_t i = 0; i < replies.items.size(); ++i)
        TRY(fits(replies.items[i], i));
    auto saved = replies;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(replies_in(TRY(settings_.get(writing, setting))));
        if (before.version != replies.version)
            return conflict("Someone else changed the saved replies in between. Load them again.");
        saved.version = before.version + 1;
        Fields body;
        body.add("version", saved.version);
        for (const auto& each : saved.items)
            body.add("reply", Fields{{"language", each.language}, {"title", each.title}, {"text", each.text}});
        return settings_.put(writing, setting, body.encoded());
    }));
    return saved;
}

} // namespace handrail::care
