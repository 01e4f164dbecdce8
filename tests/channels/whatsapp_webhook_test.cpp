#include <gmock/gmock.h>

#include "channels/whatsapp_countries.h"
#include "channels/whatsapp_errors.h"
#include "channels/whatsapp_texts.h"
#include "channels/whatsapp_webhook.h"
#include "channels/whatsapp_window.h"

namespace handrail::channels {

namespace {

using Kind = WhatsappInbound::Kind;
using State = WhatsappStatus::State;

/// One delivery with these messages, as Meta sends it.
std::string delivery(const std::string& messages, const std::string& contacts = {})
{
    return R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{)"
           R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106"},)" +
           (contacts.empty() ? "" : "\"contacts\":[" + contacts + "],") + "\"messages\":[" + messages + "]}}]}]}";
}

WhatsappInbound one(const std::string& rest)
{
    const auto event = read_event(
        delivery(R"({"from":"353871234567","id":"wamid.A","timestamp":"1767225600",)" + rest + "}"));
    if (!event || event->messages.size() != 1)
        throw std::runtime_error("not one message");
    return event->messages.front();
}

TEST(WhatsappSignature, IsOverTheBytesAsTheyCame)
{
    // Computed with `printf '%s' BODY | openssl dgst -sha256 -hmac secret`.
    const std::string escaped = R"({"body":"\ud83d\ude22"})";
    EXPECT_EQ(signature_for(escaped, "secret"),
              "sha256=d615a48ccdeb1acf4f6d6496e825751758c0afa2506b5eeafa52ebb57f8e86e3");
    const std::string raw = "{\"body\":\"\xf0\x9f\x98\xa2\"}";
    EXPECT_EQ(signature_for(raw, "secret"), "sha256=29ecfe1f990bf85169b9ffd5ca0301f4c82ee117cd342d9fef54bbf8b43ba85f");
    for (const auto& body : {escaped, raw}) {
        EXPECT_EQ(signature_of(signature_for(body, "secret"), body, "secret"), Signature::Right);
        EXPECT_EQ(signature_of(signature_for(body, "secret"), body + " ", "secret"), Signature::Wrong);
        EXPECT_EQ(signature_of(signature_for(body, "other"), body, "secret"), Signature::Wrong);
    }
    EXPECT_EQ(signature_of(signature_for(raw, "secret"), escaped, "secret"), Signature::Wrong)
        << "the same words in other bytes";
    EXPECT_EQ(signature_of("", raw, "secret"), Signature::Missing);
    EXPECT_EQ(signature_of("sha256=", raw, "secret"), Signature::Wrong);
    EXPECT_EQ(signature_of(signature_for(raw, ""), raw, ""), Signature::Wrong) << "an empty secret signs nothing";
}

TEST(WhatsappHandshake, GivesTheBareChallengeForTheRightToken)
{
    EXPECT_EQ(handshake("subscribe", "t", "1158201444", "t"), "1158201444");
    EXPECT_FALSE(handshake("subscribe", "x", "1", "t").has_value());
    EXPECT_FALSE(handshake("unsubscribe", "t", "1", "t").has_value());
    EXPECT_FALSE(handshake("subscribe", "", "1", "").has_value());
}

TEST(WhatsappEvents, EveryShapeOfAMessageIsRead)
{
    struct Case {
        const char* json;
        Kind kind;
        const char* words;
    };
    const Case cases[] = {
        {R"("type":"text","text":{"body":"\ud83d\ude22 hi"})", Kind::Words, "\xf0\x9f\x98\xa2 hi"},
        {R"("type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"c|1|yes","title":"Yes"}})",
         Kind::Choice, "Yes"},
        {R"("type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"x","title":"1","description":"All of it"}})",
         Kind::Choice, "All of it"},
        {R"("type":"button","button":{"payload":"p","text":"Stop"})", Kind::Words, "Stop"},
        {R"("type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent"}})",
         Kind::Unreadable, ""},
        {R"("type":"audio","audio":{"id":"1","mime_type":"audio/ogg; codecs=opus","voice":true})", Kind::Voice, ""},
        {R"("type":"audio","audio":{"id":"1","voice":false})", Kind::Media, ""},
        {R"("type":"image","image":{"id":"1","caption":"my arm"})", Kind::Media, "my arm"},
        {R"("type":"video","video":{"id":"1"})", Kind::Media, ""},
        {R"("type":"document","document":{"id":"1","filename":"goodbye.pdf","caption":"read it"})", Kind::Media,
         "read it\ngoodbye.pdf"},
        {R"("type":"sticker","sticker":{"id":"1","animated":false})", Kind::Media, ""},
        {R"("type":"reaction","reaction":{"message_id":"wamid.B","emoji":"x"})", Kind::Reaction, "x"},
        {R"("type":"reaction","reaction":{"message_id":"wamid.B"})", Kind::Reaction, ""},
        {R"("type":"location","location":{"latitude":12.2,"longitude":43.9,"name":"the bridge"})", Kind::Place,
         "the bridge"},
        {R"("type":"contacts","contacts":[{"name":{"formatted_name":"Mum"},"phones":[{"phone":"1"}]}])", Kind::Place,
         "Mum"},
        {R"("type":"system","system":{"type":"user_changed_number","wa_id":"353870000000"})", Kind::NewNumber, ""},
        {R"("type":"system","system":{"type":"customer_identity_changed"})", Kind::Ignored, ""},
        {R"("type":"edit","edit":{"original_message_id":"wamid.B","message":{"type":"text","text":{"body":"new"}}})",
         Kind::Edit, "new"},
        {R"("type":"revoke","revoke":{"original_message_id":"wamid.B"})", Kind::Revoke, ""},
        {R"("type":"unsupported","errors":[{"code":131051}])", Kind::Unreadable, ""},
        {R"("type":"request_welcome")", Kind::Ignored, ""},
        {R"("type":"something_of_next_year","something_of_next_year":7)", Kind::Ignored, ""},
        {R"("type":"text","text":"not an object")", Kind::Words, ""},
        {R"("type":7)", Kind::Ignored, ""},
    };
    for (const auto& each : cases) {
        const auto message = one(each.json);
        EXPECT_EQ(message.kind, each.kind) << each.json;
        EXPECT_EQ(message.words, each.words) << each.json;
        EXPECT_EQ(message.user.number, "353871234567");
        EXPECT_EQ(message.at, Instant{std::chrono::seconds{1767225600}});
    }
    EXPECT_EQ(one(cases[1].json).choice, "c|1|yes");
    EXPECT_EQ(one(cases[11].json).about, "wamid.B");
    EXPECT_EQ(one(cases[15].json).new_number, "353870000000");
    EXPECT_EQ(one(cases[17].json).about, "wamid.B");
}

TEST(WhatsappEvents, BrokenBytesDoNotHideTheWordsBesideThem)
{
    EXPECT_EQ(one("\"type\":\"text\",\"text\":{\"body\":\"h\xff\xc3 \xc3\xbc\"}").words,
              "h\xef\xbf\xbd\xef\xbf\xbd \xc3\xbc");
}

TEST(WhatsappEvents, OneDeliveryMayHoldManyOfManyUsers)
{
    const auto event = read_event(delivery(
        R"({"from":"1","from_user_id":"IE.1","id":"a","timestamp":"1","type":"text","text":{"body":"x"}},)"
        R"({"from":"2","id":"b","timestamp":"2","type":"text","text":{"body":"y"}})",
        R"({"wa_id":"1","user_id":"IE.1"},{"wa_id":"2","user_id":"IE.2"})"));
    ASSERT_TRUE(event.ok());
    ASSERT_EQ(event->messages.size(), 2U);
    EXPECT_EQ(event->messages[0].user.user_id, "IE.1");
    EXPECT_EQ(event->messages[1].user.user_id, "IE.2") << "from the list of contacts";
    EXPECT_EQ(event->messages[1].phone_number_id, "106");
}

TEST(WhatsappEvents, AUserMayHaveNoNumber)
{
    const auto event = read_event(delivery(R"({"id":"a","timestamp":"1","type":"text","text":{"body":"x"}})",
                                           R"({"profile":{"username":"s"},"user_id":"US.13491208655302741918"})"));
    ASSERT_TRUE(event.ok());
    ASSERT_EQ(event->messages.size(), 1U);
    EXPECT_EQ(event->messages[0].user.user_id, "US.13491208655302741918");
    EXPECT_TRUE(event->messages[0].user.number.empty());
    const auto nobody = read_event(delivery(R"({"id":"a","timestamp":"1","type":"text","text":{"body":"x"}})"));
    ASSERT_TRUE(nobody.ok());
    EXPECT_TRUE(nobody->messages.empty());
}

TEST(WhatsappEvents, WhatIsNotKnownIsLeftOutAndNeverFails)
{
    for (const auto* body :
         {R"({})", R"([])", R"(7)", R"({"object":"page"})", R"({"object":"whatsapp_business_account"})",
          R"({"object":"whatsapp_business_account","entry":7})",
          R"({"object":"whatsapp_business_account","entry":[7,{"changes":[7,{"field":"account_update","value":{}},{"field":"messages"},{"field":"messages","value":{"messages":[7,{}],"statuses":[7,{}],"contacts":7}}]}]})"}) {
        const auto event = read_event(body);
        ASSERT_TRUE(event.ok()) << body;
        EXPECT_TRUE(event->messages.empty() && event->statuses.empty()) << body;
    }
    EXPECT_FALSE(read_event("not json").ok());
    EXPECT_FALSE(read_event("").ok());
}

TEST(WhatsappEvents, StatusesAreReadAndNeverMoveDown)
{
    const auto event = read_event(
        R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"106"},"statuses":[)"
        R"({"id":"m","status":"read","timestamp":"5"},{"id":"m","status":"failed","timestamp":"6","errors":[{"code":131047}]},{"id":"m","status":"warming_up"}]}}]}]})");
    ASSERT_TRUE(event.ok());
    ASSERT_EQ(event->statuses.size(), 2U);
    EXPECT_EQ(event->statuses[0].state, State::Read);
    EXPECT_EQ(event->statuses[1].error, 131047);
    EXPECT_FALSE(moves_up(State::Read, State::Delivered));
    EXPECT_TRUE(moves_up(State::Sent, State::Read));
    EXPECT_TRUE(moves_up(State::Played, State::Failed));
    EXPECT_TRUE(moves_up(State::Other, State::Sent));
}

TEST(WhatsappWindow, IsOpenForADayAndRemembersEight)
{
    const Instant now{std::chrono::hours{1000}};
    EXPECT_TRUE(window_open(now - std::chrono::hours{23}, now));
    EXPECT_FALSE(window_open(now - std::chrono::hours{24}, now));
    EXPECT_FALSE(window_open(Instant{}, now));
    EXPECT_FALSE(too_old(now - std::chrono::hours{24 * 8}, now));
    EXPECT_TRUE(too_old(now - std::chrono::hours{24 * 8} - std::chrono::seconds{1}, now));
    EXPECT_TRUE(too_old(Instant{}, now)) << "a message without a time";
}

TEST(WhatsappErrors, EachHasOneThingToDo)
{
    struct Case {
        int status, code;
        bool transient;
        AfterError after;
    };
    const Case cases[] = {
        {401, 190, false, AfterError::Operator},       {403, 10, false, AfterError::Operator},
        {403, 200, false, AfterError::Operator},       {403, 299, false, AfterError::Operator},
        {400, 300, false, AfterError::Ours},           {429, 130429, false, AfterError::Retry},
        {400, 131056, false, AfterError::Retry},       {400, 131047, false, AfterError::Template},
        {400, 131026, false, AfterError::OtherChannel}, {400, 132001, false, AfterError::Configuration},
        {400, 131030, false, AfterError::Configuration}, {400, 131048, false, AfterError::Staff},
        {400, 131008, false, AfterError::Ours},        {500, -1, false, AfterError::Retry},
        {0, -1, false, AfterError::Retry},             {429, -1, false, AfterError::Retry},
        {400, -1, false, AfterError::Ours},            {400, 999999, true, AfterError::Retry},
        {401, -1, false, AfterError::Operator},
    };
    for (const auto& each : cases)
        EXPECT_EQ(after_error(each.status, each.code, each.transient), each.after) << each.status << " " << each.code;
    const auto read = graph_error_in(R"({"error":{"message":"(#131047) x","code":131047,"is_transient":true}})");
    EXPECT_EQ(read.code, 131047);
    EXPECT_TRUE(read.transient);
    EXPECT_EQ(graph_error_in("<html>").code, -1);
}

TEST(WhatsappTexts, StopIsOneWordInAnyOfTheFiveLanguages)
{
    const auto texts = WhatsappTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    ASSERT_TRUE(texts.ok()) << texts.error().told;
    for (const auto* word : {"STOP", " stop. ", "Stopp!", "BAJA", "parar", "ARRÊT", "Arrêter", "sair"})
        EXPECT_TRUE(texts->stops(word)) << word;
    for (const auto* words : {"I can't stop crying", "stop it please", "", "I want to stop living", "..."})
        EXPECT_FALSE(texts->stops(words)) << words;
    EXPECT_TRUE(texts->starts("Start"));
    EXPECT_EQ(texts->languages(), (std::vector<std::string>{"de", "en", "es", "fr", "pt"}));
    EXPECT_EQ(texts->text("pt-BR", "list_button"), "Escolher");
    EXPECT_EQ(texts->text("xx", "joined", {{"name", "Maeve"}, {"service", "Handrail"}}), "Maeve of Handrail is here now.");
}

TEST(WhatsappTexts, L10_OnlyCountriesThatWereSwitchedOnAreServed)
{
    EXPECT_TRUE(serves({"+353", "+49"}, {"", "4915112345"}));
    EXPECT_TRUE(serves({"+49"}, {"DE.1", ""}));
    EXPECT_TRUE(serves({"+1"}, {"CA.1", ""}));
    EXPECT_FALSE(serves({"+353"}, {"", "4915112345"}));
    EXPECT_FALSE(serves({"+353"}, {"DE.1", ""}));
    EXPECT_FALSE(serves({}, {"DE.1", "4915112345"})) << "none until somebody says which";
    EXPECT_FALSE(serves({"+"}, {"", "4915112345"}));
}

TEST(WhatsappTexts, ACountryComesFromTheIdOrTheNumberAndIsNeverGuessed)
{
    EXPECT_EQ(country_of({"", "353871234567"}), "IE");
    EXPECT_EQ(country_of({"", "35312"}), "IE");
    EXPECT_EQ(country_of({"", "15551234567"}), "") << "1 is many countries'";
    EXPECT_EQ(country_of({"CA.123", "15551234567"}), "CA");
    EXPECT_EQ(country_of({"US.ENT.1", ""}), "US");
    EXPECT_EQ(country_of({"", ""}), "");
}

TEST(WhatsappTexts, ResultsAndDiagnosesAreKnown)
{
    for (const auto* words : {"Your PHQ-9 total is 17", "GAD-7: 12", "coded as F32.1", "the diagnosis is", "la diagnose",
                              "tu diagnóstico", "here is the transcript"})
        EXPECT_TRUE(names_a_result(words)) << words;
    for (const auto* words : {"I am here. Call 112 now.", "See you on Tuesday at 14:30", "Please ring 116 123",
                              "Your appointment is on 12 May"})
        EXPECT_FALSE(names_a_result(words)) << words;
}

} // namespace

} // namespace handrail::channels
