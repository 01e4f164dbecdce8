// What the person is told of who was told, who comes and who is there: true, and in their own language (safety.md C15, G1, G6).
#include <algorithm>

#include <gmock/gmock.h>

#include "care/service.h"
#include "conversation_case.h"
#include "shipped_words.h"
#include "support/contacts.h"
#include "support/crisis_help.h"
#include "support/situation.h"
#include "support/standing_words.h"
#include "support/words.h"

namespace handrail::test {
namespace {

using support::Situation;
using support::Told;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string tongues[] = {"en", "es", "fr", "de", "pt"};
const char* native[] = {"IE", "ES", "FR", "DE", "PT"};
// A Wednesday at noon.
constexpr Instant noon = Instant{std::chrono::hours{24 * (365 * 50 + 19) + 12}};

/// Words of English that no sentence in the other four languages holds.
const std::set<std::string> english = {"the",     "your",     "you",       "nobody",   "someone", "until",  "tomorrow", "reads",
                                       "here",    "and",      "with",      "call",     "this",    "care",   "asked",    "person",
                                       "monday",  "tuesday",  "wednesday", "thursday", "friday",  "people", "minutes",  "alert",
                                       "service", "sunday",   "saturday",  "ireland",  "germany", "spain",  "france",   "now",
                                       "switzerland"};

void holds_no_english(const std::string& language, const std::string& text)
{
    if (language == "en")
        return;
    for (const auto& word : support::words_of(text))
        // "service" and "minutes" are French too, and "Person" is German.
        if (english.contains(word.folded) && !(language == "fr" && (word.folded == "service" || word.folded == "minutes")) &&
            !(language == "de" && word.folded == "person"))
            ADD_FAILURE() << language << ": \"" << word.written << "\" in: " << text;
}

care::Service service_with(int from, int to, int only_day = -1)
{
    care::Service service;
    care::StaffedHours hours;
    if (only_day < 0)
        hours.days.fill(true);
    else
        hours.days.at(static_cast<std::size_t>(only_day)) = true;
    hours.from = from;
    hours.to = to;
    service.hours = {hours};
    return service;
}

Finding heard_in(const std::string& language, Urgency urgency, Category category = Category::Suicide)
{
    auto finding = finding_of(urgency, category);
    finding.lang = language;
    return finding;
}

support::Reply said(Situation here, const std::string& language, Urgency urgency, Category category = Category::Suicide)
{
    here.language = language;
    support::State state;
    state.noticed_at = state.last_at = here.now; // the notice was given
    return shipped_dialogue().answer(state, "…", heard_in(language, urgency, category), here);
}

const Block* told_in(const support::Reply& reply)
{
    const auto at = std::find_if(reply.blocks.begin(), reply.blocks.end(),
                                 [](const Block& block) { return block.kind == Block::Kind::Told; });
    return at == reply.blocks.end() ? nullptr : &*at;
}

TEST(Told, C15_NoEnglishStandsInAnotherLanguagesWords)
{
    // Staffed; closed until today, tomorrow, a day by name, and a service that has said nothing.
    const std::pair<const char*, care::Service> services[] = {
        {"staffed", service_with(0, 24 * 60)},   {"today", service_with(15 * 60, 16 * 60)},
        {"tomorrow", service_with(9 * 60, 10 * 60)}, {"a day", service_with(9 * 60, 10 * 60, 0)}, {"unsaid", {}}};
    for (std::size_t i = 0; i < std::size(tongues); ++i) {
        const auto& language = tongues[i];
        const auto& book = shipped_dialogue().book(language);
        std::set<std::string> sentences;
        for (const auto& [name, service] : services) {
            auto here = support::situation_at(service, noon);
            EXPECT_EQ(here.staffed, std::string(name) == "staffed");
            here.region = native[i];
            here.language = language;
            here.told.wait_minutes = 15;
            for (const auto urgency : {Urgency::Now, Urgency::Today, Urgency::Unknown})
                holds_no_english(language, said(here, language, urgency).text);
            for (const auto state : {Told::State::Told, Told::State::Opened, Told::State::Nobody})
                for (const bool there : {true, false}) {
                    auto other = here;
                    other.told.state = state;
                    other.told.anyone_there = there;
                    other.told.opened_for = Urgency::Today;
                    other.told.opened_at = "11:40";
                    for (const auto urgency : {Urgency::Now, Urgency::Today})
                        holds_no_english(language, said(other, language, urgency).text);
                }
            support::State asking;
            const auto asked = shipped_dialogue().ask_for_person(asking, here).text;
            holds_no_english(language, asked);
            const auto staffed = care::staffed(service, noon);
            const auto words = support::staffed_words(book, staffed);
            holds_no_english(language, words);
            EXPECT_TRUE(sentences.insert(words).second) << language << " says of " << name << ": " << words;
            EXPECT_THAT(words, Not(HasSubstr("{")));
            if (here.nobody_until) {
                EXPECT_THAT(asked, HasSubstr(words)) << "until when is said in the same language";
            }
            for (const auto& until : {std::optional<std::string>("12:05"), std::optional<std::string>()})
                for (const std::size_t number : {0U, 1U, 3U}) {
                    const auto waits = support::waiting_words(book, {"12:00", until, staffed, number});
                    holds_no_english(language, waits);
                    EXPECT_THAT(waits, Not(HasSubstr("{")));
                }
        }
    }
}

TEST(Told, EveryCountryHasANameInEveryLanguageAndIsNamedByIt)
{
    for (const auto& language : tongues) {
        const auto& book = shipped_dialogue().book(language);
        for (const auto& [iso, country] : shipped_dialogue().crisis_lines().countries()) {
            if (language != "en") {
                EXPECT_FALSE(book.country(iso).empty()) << language << " " << iso;
            }
            const support::Contacts contacts(shipped_dialogue().crisis_lines(), book, {}, iso, Category::Suicide, false, {});
            EXPECT_EQ(contacts.country_name(), language == "en" ? country.name : book.country(iso));
        }
    }
    // "Schweiz" is heard and said.
    support::State state;
    Situation here;
    here.now = noon;
    here.language = "de";
    shipped_dialogue().answer(state, "…", heard_in("de", Urgency::Today), here);
    const auto reply = shipped_dialogue().answer(state, "Schweiz", heard_in("de", Urgency::Usual, Category::None), here);
    EXPECT_EQ(state.region, "CH") << reply.text;
    EXPECT_THAT(reply.text, HasSubstr("Schweiz"));
    holds_no_english("de", reply.text);
}

/// Every way of saying one thing in a language, with what would be filled in cut away.
bool says_one_of(const std::string& text, const support::Variants& variants)
{
    return std::any_of(variants.begin(), variants.end(), [&](const std::string& each) {
        const auto parts = each.substr(each.rfind('}') == std::string::npos ? 0 : each.rfind('}') + 1);
        const auto& longest = parts.size() > 8 ? parts : each.substr(0, each.find('{'));
        return text.find(longest) != std::string::npos;
    });
}

TEST(Told, C15_TheTextClaimsNoMoreThanHappened)
{
    struct Case {
        const char* name;
        Told told;
        Urgency urgency;
        const char* key;
        const char* state;
    };
    Told sent;
    sent.state = Told::State::Told;
    sent.at = "12:00";
    sent.wait_minutes = 15;
    auto empty_desks = sent;
    empty_desks.anyone_there = false;
    auto reopened = sent;
    reopened.opened_before = true;
    auto opened = sent;
    opened.state = Told::State::Opened;
    opened.opened_for = Urgency::Today;
    opened.opened_at = "11:40";
    opened.who = "Maeve Dorrigan";
    opened.initials = "MD";
    auto opened_by_someone = opened;
    opened_by_someone.who.clear();
    auto opened_at_now = opened;
    opened_at_now.opened_for = Urgency::Now;
    const Case all[] = {
        {"sent, somebody at a desk", sent, Urgency::Now, "told_no_name", "told"},
        {"sent, nobody at a desk", empty_desks, Urgency::Now, "not_here", "told"},
        {"sent again", reopened, Urgency::Now, "again", "told"},
        {"opened, and graver now", opened, Urgency::Now, "again", "told"},
        {"opened at now, and renewed", opened_at_now, Urgency::Now, "again", "told"},
        {"opened, and no graver", opened, Urgency::Today, "has_it", "opened"},
        {"opened by someone", opened_by_someone, Urgency::Today, "has_it_no_name", "opened"},
    };
    for (const auto& language : tongues)
        for (const auto& each : all) {
            Situation here;
            here.now = noon;
            here.region = "IE";
            here.staffed = true;
            here.told = each.told;
            const auto reply = said(here, language, each.urgency);
            const auto* block = told_in(reply);
            ASSERT_NE(block, nullptr) << language << " " << each.name;
            EXPECT_EQ(block->state, each.state) << language << " " << each.name;
            const auto& book = shipped_dialogue().book(language);
            EXPECT_TRUE(says_one_of(block->text, book.variants("crisis.told." + std::string(each.key))))
                << language << " " << each.name << ": " << block->text;
            const bool named = std::string(each.key) == "has_it";
            EXPECT_EQ(block->text.find("Maeve Dorrigan") != std::string::npos, named) << block->text;
            EXPECT_EQ(block->initials.empty(), !named);
            EXPECT_EQ(block->text.find("11:40") != std::string::npos, std::string(each.state) == "opened") << block->text;
            EXPECT_LT(support::count_words(reply.text), 80U) << language << " " << each.name << ": " << reply.text;
        }
}

TEST(Told, C15_AnAcknowledgementIsSaidWithItsNameAndTime)
{
    for (const auto& language : tongues)
        for (const std::string who : {"Maeve Dorrigan", ""}) {
            Situation here;
            here.now = noon;
            here.language = language;
            here.told.state = Told::State::Opened;
            here.told.who = who;
            here.told.opened_at = "11:40";
            support::State state;
            const auto reply = shipped_dialogue().opened(state, here);
            ASSERT_EQ(reply.blocks.size(), 1U);
            EXPECT_EQ(reply.blocks.front().kind, Block::Kind::Told);
            EXPECT_EQ(reply.blocks.front().state, "opened");
            EXPECT_THAT(reply.text, HasSubstr("11:40"));
            EXPECT_THAT(reply.text, HasSubstr(who));
            EXPECT_THAT(reply.text, Not(HasSubstr("{")));
            holds_no_english(language, reply.text);
        }
}

TEST(Told, G1_AtNowTheChatSaysWhoIsAskedToTakeItOver)
{
    for (const auto& language : tongues)
        for (const bool staffed : {true, false})
            for (const auto category : {Category::Suicide, Category::Abuse, Category::MedicalEmergency, Category::HarmToOthers}) {
                Situation here;
                here.now = noon;
                here.region = "IE";
                here.staffed = staffed;
                here.told.state = staffed ? Told::State::Told : Told::State::Nobody;
                here.told.at = "12:00";
                here.told.wait_minutes = 15;
                const auto reply = said(here, language, Urgency::Now, category);
                const auto& book = shipped_dialogue().book(language);
                const auto asked = book.variants("crisis.steps.wants_person_now").front();
                const auto nobody = book.variants("crisis.steps.nobody_takes_over").front();
                EXPECT_TRUE(reply.wants_person);
                EXPECT_EQ(reply.text.find(asked) != std::string::npos, staffed) << language << ": " << reply.text;
                EXPECT_EQ(reply.text.find(nobody) != std::string::npos, !staffed) << language << ": " << reply.text;
                // Where there is no chat, nobody takes one over.
                here.can_be_taken = false;
                const auto elsewhere = said(here, language, Urgency::Now, category).text;
                EXPECT_THAT(elsewhere, Not(HasSubstr(asked)));
                EXPECT_THAT(elsewhere, Not(HasSubstr(nobody)));
                // Already in touch with a line: it is said all the same.
                here.can_be_taken = true;
                here.language = language;
                support::State state;
                state.noticed_at = state.last_at = here.now;
                state.in_contact = true;
                const auto held = shipped_dialogue().answer(state, "…", heard_in(language, Urgency::Now, category), here);
                EXPECT_THAT(held.text, HasSubstr(staffed ? asked : nobody));
            }
}

TEST(Told, C15_AfterACheckInNothingIsPromisedAtNight)
{
    TestClock clock(noon);
    const support::CrisisHelp help(shipped_dialogue(), clock);
    care::HelpSituation here;
    here.language = "en";
    here.country = "IE";
    here.alert_raised = true;
    here.told_at = "12:00";
    here.wait_minutes = 60;
    EXPECT_THAT(help.help(finding_of(Urgency::Today, Category::Suicide), here).text, HasSubstr("Nobody from the service is here now."));
    here.staffed = true;
    EXPECT_THAT(help.help(finding_of(Urgency::Today, Category::Suicide), here).text, HasSubstr("Your team was alerted at 12:00, not opened yet."));
    here.opened_before = true;
    EXPECT_THAT(help.help(finding_of(Urgency::Today, Category::Suicide), here).text, HasSubstr("Your team was alerted again at 12:00."));
}

} // namespace
} // namespace handrail::test
