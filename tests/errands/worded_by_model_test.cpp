#include "support/wording_by_model.h"

#include <thread>

#include "errands/desks.h"
#include "language/curl_transport.h"
#include "scripted_endpoint.h"

// A language model beside the conversation as it is kept: consent, what is written down, and that nothing waits for it.
namespace handrail::errands {

namespace {

using namespace std::chrono_literals;
using Connection = ScriptedEndpoint::Connection;
using test::must;

const char* const told = "My boss Siobhan in Dublin gives me more work every week and I am behind with all of it";

class LanguageModel : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (desks == nullptr)
            return;
        use(ScriptedEndpoint::saying("[person 1] gives you more every week, and it does not end."));
    }
    void use(ScriptedEndpoint::Script script, int a_day = 60, const std::string& name = "Made-up AI")
    {
        model = std::make_unique<ScriptedEndpoint>(std::move(script));
        endpoints = std::make_unique<language::Endpoints>(
            transport, std::vector<language::Endpoint>{{name, model->url(), "small-1", {}}}, language::EndpointLimits{500ms, 1000ms, 8, 3, 30s});
        wording = std::make_unique<support::WordingByModel>(must(support::WordingByModel::load(
            std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content", *endpoints, {a_day, {}})));
        desks->conversations.use(*wording);
    }
    Actor ada(bool agrees)
    {
        const auto person = desks->house->person("Ada");
        if (agrees)
            desks->answer(person, {{"language_model", true, wording->named(), {}}});
        must(desks->conversations.current(person));
        return person;
    }
    std::string reply(const Actor& person, const std::string& words, const std::string& id = {})
    {
        return must(desks->conversations.write(person, words, id)).replies.at(0).text;
    }
    std::vector<support::SentWords> sent(const Actor& person)
    {
        return must(desks->conversations.sent_to_models(person, from_stored(INT64_MAX), 100));
    }

    language::CurlTransport transport;
    std::unique_ptr<ScriptedEndpoint> model;
    std::unique_ptr<language::Endpoints> endpoints;
    std::unique_ptr<support::WordingByModel> wording;
};

INSTANTIATE_TEST_SUITE_P(Stores, LanguageModel, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

const char* const worded = "Siobhan gives you more every week, and it does not end.";

TEST_P(LanguageModel, WordsTheReplyOfSomebodyWhoAgreed)
{
    const auto person = ada(true);
    EXPECT_EQ(reply(person, told), worded);
    EXPECT_EQ(must(desks->conversations.current(person)).messages.back().text, worded) << "kept as it was said";
}

TEST_P(LanguageModel, A8_WordsThatAModelChoseAreMarkedAsSuch)
{
    const auto person = ada(true);
    const auto answered = must(desks->conversations.write(person, told, {}));
    ASSERT_EQ(answered.replies.at(0).text, worded);
    EXPECT_TRUE(answered.replies[0].by_model);
    EXPECT_FALSE(answered.message.by_model);
    EXPECT_TRUE(must(desks->conversations.current(person)).messages.back().by_model) << "kept with it";
    // What a model may not word is not marked, and neither is what stands where its words were held back.
    EXPECT_FALSE(must(desks->conversations.write(person, "Are you a human?", {})).replies.at(0).by_model);
    use(ScriptedEndpoint::saying("You have depression."));
    EXPECT_FALSE(must(desks->conversations.write(person, "And then nobody says a word to me all day", {})).replies.at(0).by_model);
}

TEST_P(LanguageModel, I1_NothingLeavesWithoutConsent)
{
    const auto person = ada(false);
    EXPECT_NE(reply(person, told), worded);
    desks->answer(person, {{"language_model", true, "a text that named nobody", {}}});
    EXPECT_NE(reply(person, "She does it in front of my friends as well"), worded);
    EXPECT_TRUE(model->received().empty());
    EXPECT_TRUE(sent(person).empty());
}

TEST_P(LanguageModel, I1_NothingLeavesOnceConsentIsTakenBackOrAnotherVendorIsConfigured)
{
    const auto person = ada(true);
    use(ScriptedEndpoint::saying("That wears you out."), 60, "Other AI");
    (void)reply(person, told);
    EXPECT_TRUE(model->received().empty()) << "the yes named another";
    desks->answer(person, {{"language_model", true, wording->named(), {}}});
    (void)reply(person, "She does it in front of my friends as well");
    EXPECT_EQ(model->received().size(), 1U);
    desks->answer(person, {{"language_model", false, wording->named(), {}}});
    (void)reply(person, "And then nobody says a word to me");
    EXPECT_EQ(model->received().size(), 1U);
}

TEST_P(LanguageModel, I1_WhatWasSentIsShownToThePersonAndOpensForNobodyElse)
{
    const auto person = ada(true);
    (void)reply(person, told);
    const auto all = sent(person);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].to, "Made-up AI");
    EXPECT_EQ(all[0].words.find("Siobhan"), std::string::npos);
    EXPECT_NE(all[0].words.find("in [place 1] gives me more work every week"), std::string::npos);
    EXPECT_TRUE(sent(ada(false)).empty());
}

TEST_P(LanguageModel, C12_DangerIsAnsweredWithFixedWordsAtOnce)
{
    use([](const Connection&, const std::string&) { std::this_thread::sleep_for(300ms); });
    const auto person = ada(true);
    const auto exchange = must(desks->conversations.write(person, "I have the pills in my hand and I am going to take them now", ""));
    EXPECT_FALSE(exchange.replies.at(0).text_id.empty());
    EXPECT_TRUE(model->received().empty()) << "no model is asked";
    (void)reply(person, "I do not know what to say about my evening");
    EXPECT_TRUE(model->received().empty()) << "nor while the danger is held";
}

TEST_P(LanguageModel, C12_OneThatIsAwayIsNotNoticed)
{
    const auto person = ada(true);
    use([](const Connection& to, const std::string&) { to.raw("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"); });
    desks->answer(person, {{"language_model", true, wording->named(), {}}});
    EXPECT_FALSE(reply(person, told).empty());
    EXPECT_EQ(sent(person).size(), 1U) << "it left all the same, and is shown";
}

TEST_P(LanguageModel, D1_ADiagnosisIsNeverSaid)
{
    const auto person = ada(true);
    use(ScriptedEndpoint::saying("That is hard. It sounds like you have depression. Rest a little."));
    desks->answer(person, {{"language_model", true, wording->named(), {}}});
    const auto said = reply(person, told);
    EXPECT_FALSE(said.empty());
    EXPECT_EQ(said.find("depression"), std::string::npos);
}

TEST_P(LanguageModel, ADayHasItsBudget)
{
    const auto person = ada(true);
    use(ScriptedEndpoint::saying("That wears you out."), 1);
    desks->answer(person, {{"language_model", true, wording->named(), {}}});
    (void)reply(person, told);
    (void)reply(person, "She does it in front of my friends as well");
    EXPECT_EQ(model->received().size(), 1U);
    desks->house->clock.pass(std::chrono::hours{24});
    (void)reply(person, "And then nobody says a word to me"); // the notice is due again: built-in
    (void)reply(person, "The office is loud the whole day long");
    EXPECT_EQ(model->received().size(), 2U);
}

TEST_P(LanguageModel, G7_OvertakenItIsNotAskedAgain)
{
    const auto person = ada(true);
    int asked = 0;
    use([&](const Connection& to, const std::string& body) {
        if (asked++ == 0) // another message of the person comes in between
            must(desks->conversations.begin_anew(person, true));
        ScriptedEndpoint::saying("That wears you out.")(to, body);
    });
    desks->answer(person, {{"language_model", true, wording->named(), {}}});
    const auto exchange = must(desks->conversations.write(person, told, "id-1"));
    EXPECT_EQ(exchange.replies.size(), 1U);
    EXPECT_EQ(model->received().size(), 1U);
    EXPECT_NE(exchange.replies.at(0).text, "That wears you out.") << "that was for another conversation";
}

TEST_P(LanguageModel, WhatWasSentGoesWhenItIsOld)
{
    const auto person = ada(true);
    (void)reply(person, told);
    desks->answer(person, {{"record", true, "t", {}}});
    desks->save(30);
    desks->house->clock.pass(std::chrono::hours{24 * 31});
    desks->walk();
    EXPECT_TRUE(sent(person).empty());
}

} // namespace

} // namespace handrail::errands
