#include "channels/whatsapp_message.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "base/text.h"
#include "channels/whatsapp_texts.h"
#include "content/crisis_lines.h"

namespace handrail::channels {

namespace {

const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

std::vector<Block> asking(std::vector<ReplyChoice> choices, const std::string& question = "Are you safe?")
{
    Block block;
    block.kind = Block::Kind::Question;
    block.text = question;
    block.choices = std::move(choices);
    return {block};
}

TEST(WhatsappMessages, AShortTextIsOnePart)
{
    EXPECT_THAT(split_text("  Hello.  "), testing::ElementsAre("Hello."));
    EXPECT_TRUE(split_text("   ").empty());
}

TEST(WhatsappMessages, ALongTextIsCutBetweenSentencesAndLosesNothing)
{
    std::string text;
    while (text.size() < 10'000)
        text += "Ein Satz mit Umläuten äöü und einem Punkt. ";
    const auto parts = split_text(text);
    ASSERT_EQ(parts.size(), 3U);
    std::string again;
    for (const auto& part : parts) {
        EXPECT_LE(code_points(part), longest_text);
        EXPECT_TRUE(valid_utf8(part));
        EXPECT_EQ(part.back(), '.');
        again += part + " ";
    }
    EXPECT_EQ(again, text);
}

TEST(WhatsappMessages, ANumberIsNeverCutWhereverTheLimitFalls)
{
    const std::string numbers = "Call +353 (0)87 123-45 67 or 116 123 at once";
    for (std::size_t most = 24; most < numbers.size(); ++most) {
        const auto parts = split_text(numbers, most);
        std::string together;
        for (const auto& part : parts) {
            EXPECT_LE(part.size(), most);
            together += part + "|";
        }
        EXPECT_NE(together.find("+353 (0)87 123-45 67"), std::string::npos) << most << " " << together;
        EXPECT_NE(together.find("116 123"), std::string::npos) << most << " " << together;
    }
}

TEST(WhatsappMessages, WordsWithoutSpacesAreCutBetweenLetters)
{
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "ü";
    const auto parts = split_text(text);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(code_points(parts[0]), longest_text);
    EXPECT_TRUE(valid_utf8(parts[0]) && valid_utf8(parts[1]));
}

TEST(WhatsappMessages, ThreeShortChoicesAreButtonsAndMoreAreRows)
{
    const auto buttons =
        parts_of("I am listening.\n\nAre you safe?", asking({{"yes", "Yes"}, {"no", "No"}}), "c|m|", "Choose");
    ASSERT_EQ(buttons.size(), 1U);
    EXPECT_EQ(message_body({"", "353871234567"}, buttons[0], "t"),
              R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"353871234567","type":"interactive",)"
              R"("biz_opaque_callback_data":"t","interactive":{"type":"button","body":{"text":"I am listening.\n\nAre you safe?"},)"
              R"("action":{"buttons":[{"type":"reply","reply":{"id":"c|m|yes","title":"Yes"}},)"
              R"({"type":"reply","reply":{"id":"c|m|no","title":"No"}}]}}})");
    const auto rows = parts_of("Are you safe?", asking({{"1", "Yes, for now I am safe at home"}, {"2", "No"}}), "c|m|",
                               "Choose");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(message_body({"US.1", ""}, rows[0], ""),
              R"({"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.1","type":"interactive",)"
              R"("interactive":{"type":"list","body":{"text":"Are you safe?"},"action":{"button":"Choose","sections":[)"
              R"({"title":"Choose","rows":[{"id":"c|m|1","title":"1","description":"Yes, for now I am safe at home"},)"
              R"({"id":"c|m|2","title":"No"}]}]}}})");
}

TEST(WhatsappMessages, ChoicesThatDoNotFitAreWrittenOut)
{
    std::vector<ReplyChoice> many;
    for (int i = 0; i < 11; ++i)
        many.push_back({std::to_string(i), "choice " + std::to_string(i)});
    const auto parts = parts_of("Which?", asking(many, "Which?"), "c|m|", "Choose");
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_TRUE(parts[0].choices.empty());
    EXPECT_THAT(parts[0].text, testing::EndsWith("\n11. choice 10"));
    EXPECT_THAT(message_body({"", "1"}, parts[0], ""), testing::HasSubstr(R"("text":{"preview_url":false,"body":"Which?)"));
}

TEST(WhatsappMessages, ALongReplyKeepsItsQuestionWithItsChoices)
{
    const std::string before(1500, 'a');
    const auto parts = parts_of(before + "\n\nAre you safe?", asking({{"yes", "Yes"}}), "c|m|", "Choose");
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].text, before);
    EXPECT_EQ(parts[1].text, "Are you safe?");
    EXPECT_EQ(parts[1].choices.size(), 1U);
}

TEST(WhatsappMessages, ATemplateSaysNothingOfItsOwn)
{
    EXPECT_EQ(template_body({"", "1"}, "new_message", "en_US", "t"),
              R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"1","type":"template",)"
              R"("biz_opaque_callback_data":"t","template":{"name":"new_message","language":{"code":"en_US"}}})");
    EXPECT_EQ(sent_id_in(R"({"messages":[{"id":"wamid.X","message_status":"accepted"}]})"), "wamid.X");
    EXPECT_EQ(sent_id_in("{}"), "");
}

// What is said beside a voice message, with the numbers of every country, and every sentence of this channel.
TEST(WhatsappMessages, H4_EveryCountrysEntryFitsTheLimits)
{
    const auto lines = content::CrisisLines::load(content_folder);
    const auto texts = WhatsappTexts::load(content_folder);
    ASSERT_TRUE(lines.ok() && texts.ok());
    EXPECT_GT(lines->countries().size(), 100U);
    for (const auto& [iso, country] : lines->countries())
        for (const auto& language : texts->languages()) {
            std::string all = texts->text(language, "voice");
            for (const auto& number : country.emergency)
                all += "\n" + texts->text(language, "danger_call", {{"emergency", number.number}});
            for (const auto& line : country.lines)
                all += "\n" + texts->text(language, "danger_line", {{"name", line.name}, {"phone", line.phone}});
            std::string together;
            for (const auto& part : split_text(all)) {
                EXPECT_LE(code_points(part), longest_text);
                together += part + "\n";
            }
            for (const auto& line : country.lines)
                EXPECT_NE(together.find(line.phone), std::string::npos) << iso << " " << line.phone;
        }
    for (const auto& language : texts->languages()) {
        EXPECT_LE(code_points(texts->text(language, "list_button")), longest_button) << language;
        for (const auto* band : {"age_under_13", "age_13_17", "age_18_25", "age_26_64", "age_65_plus"})
            EXPECT_LE(code_points(texts->text(language, band)), longest_row) << language << " " << band;
        for (const auto& key : WhatsappTexts::keys())
            EXPECT_LE(code_points(texts->text(language, key)), longest_interactive) << language << " " << key;
    }
}

} // namespace

} // namespace handrail::channels
