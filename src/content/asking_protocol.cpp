#include "content/asking_protocol.h"

#include <algorithm>

#include "content/document.h"

namespace handrail::content {

namespace {

constexpr std::string_view languages[] = {"en", "es", "fr", "de", "pt"};

LocalText words_in(const Node& node)
{
    LocalText words;
    for (const auto language : languages) {
        words.emplace(std::string(language), node[language].text());
        if (words[std::string(language)].empty())
            node[language].wrong("says nothing");
    }
    return words;
}

int whole_in(const Node& node, int lowest, int highest)
{
    const int value = node.whole();
    if (value < lowest || value > highest)
        node.wrong("is not between " + std::to_string(lowest) + " and " + std::to_string(highest));
    return value;
}

Urgency urgency_in(const Node& node)
{
    const auto read = urgency_from(node.text());
    if (!read)
        node.wrong("expected usual, soon or today");
    return read.value_or(Urgency::Usual);
}

AskingProtocol::Missed missed_in(const Node& node)
{
    AskingProtocol::Missed rule;
    rule.id = node["id"].text();
    rule.in_a_row = whole_in(node["in_a_row"], 1, 30);
    if (node["after"].there()) {
        rule.after = urgency_in(node["after"]);
        rule.within_days = whole_in(node["within_days"], 1, 90);
    }
    rule.urgency = urgency_in(node["urgency"]);
    // An answer that did not come says less than one that did: it calls nobody at once, and never says all is well.
    if (rule.urgency != Urgency::Soon && rule.urgency != Urgency::Today)
        node["urgency"].wrong("expected soon or today");
    rule.why = node["why"].text();
    rule.source = node["source"].text();
    return rule;
}

} // namespace

Result<AskingProtocol> load_asking_protocol(const std::filesystem::path& content_folder)
{
    const std::string name = "protocols/asking.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.asking/1")
        root["schema"].wrong("expected handrail.asking/1");
    AskingProtocol protocol;
    protocol.version = root["version"].text();
    protocol.check_in_open = std::chrono::hours{whole_in(root["open_hours"]["check_in"]["value"], 1, 48)};
    protocol.questionnaire_open = std::chrono::hours{whole_in(root["open_hours"]["questionnaire"]["value"], 1, 14 * 24)};
    for (const auto& each : root["missed"].elements())
        protocol.missed.push_back(missed_in(each));
    if (std::none_of(protocol.missed.begin(), protocol.missed.end(),
                     [](const auto& rule) { return rule.after == Urgency::Usual; }))
        root["missed"].wrong("says nothing about somebody without a finding: no answer would be no change");
    const Node pause = root["pause"];
    protocol.pause.longest_days = whole_in(pause["longest_days"], 1, 90);
    protocol.pause.after = urgency_in(pause["after"]);
    protocol.pause.within_days = whole_in(pause["within_days"], 1, 90);
    protocol.pause.urgency = urgency_in(pause["urgency"]);
    if (need(protocol.pause.after) < need(Urgency::Soon) || need(protocol.pause.urgency) < need(Urgency::Soon))
        pause.wrong("expected soon or graver: a pause after something grave is looked at");
    protocol.pause.why = pause["why"].text();
    protocol.pause.source = pause["source"].text();
    for (const auto& language : languages) {
        const Node words = root["danger_words"][language];
        for (const auto& each : words.elements())
            protocol.danger_words.push_back(each.text());
        if (words.elements().empty())
            words.wrong("names no word: a question about danger would go unnoticed in this language");
    }
    for (const auto& each : root["kept_off_whatsapp"]["forms"].elements()) {
        AskingProtocol::KeptOff kept{each["form"].text(), each["asks_about"].text(), each["where"].text(),
                                     root["kept_off_whatsapp"]["source"].text()};
        if (kept.form.empty() || kept.asks_about.empty() || kept.where.empty())
            each.wrong("says which form, what it asks about and where");
        protocol.kept_off_whatsapp.push_back(std::move(kept));
    }
    const Node close = root["informants"];
    protocol.informants.most = whole_in(close["most"]["value"], 1, 10);
    protocol.informants.least_days = whole_in(close["least_days"]["value"], 1, 90);
    protocol.informants.most_days = whole_in(close["most_days"]["value"], protocol.informants.least_days, 366);
    protocol.informants.open = std::chrono::hours{whole_in(close["open_hours"]["value"], 24, 14 * 24)};
    protocol.informants.competence_below = whole_in(close["competence_below"]["value"], 1, 18);
    protocol.informants.abuse_days = whole_in(close["abuse_days"]["value"], 1, 3650);
    const Node links = root["supporters"];
    protocol.supporters.days.clear();
    for (const auto& each : links["days"]["value"].elements())
        protocol.supporters.days.push_back(whole_in(each, protocol.supporters.days.empty() ? 1 : protocol.supporters.days.back() + 1, 366));
    protocol.supporters.usual_days = links["usual_days"]["value"].whole();
    if (std::find(protocol.supporters.days.begin(), protocol.supporters.days.end(), protocol.supporters.usual_days) ==
        protocol.supporters.days.end())
        links["usual_days"].wrong("is none of the days");
    const Node from = root["burden"];
    auto& burden = protocol.burden;
    burden.days = whole_in(from["days"], 7, 60);
    burden.answers_at_least = whole_in(from["answers_at_least"], 3, 60);
    burden.mood_at_least = whole_in(from["mood_at_least"], 3, 5);
    burden.median_at_least = from["median_at_least"].number();
    if (burden.median_at_least < 3 || burden.median_at_least > 5)
        from["median_at_least"].wrong("is not between 3 and 5");
    burden.quiet_days = whole_in(from["quiet_days"], 14, 365);
    burden.low_answers = whole_in(from["low_answers"], 1, 14);
    burden.low_at_most = from["low_at_most"].number();
    if (burden.low_at_most < 1 || burden.low_at_most >= burden.median_at_least)
        from["low_at_most"].wrong("is not between 1 and the median of somebody well");
    burden.concern_days = whole_in(from["concern_days"], 1, 90);
    burden.factor = whole_in(from["factor"], 2, 4);
    burden.source = from["source"].text();
    burden.usual = words_in(from["why"]["usual"]);
    burden.less = words_in(from["why"]["less"]);
    burden.more = words_in(from["why"]["more"]);
    if (!document.sound())
        return document.error();
    return protocol;
}

} // namespace handrail::content
