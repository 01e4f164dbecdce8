#include "errands/transcriber_stand_in.h"
#include "errands/voice_notes.h"
#include "errands/whatsapp_people.h"
#include "opus_file.h"
#include "support/spoken.h"

namespace handrail::errands {

namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

/// To Meta, and to a transcriber at whose answer the machine stops.
class StopsAtTheTranscriber : public language::Transport {
public:
    Result<language::Head> post(const language::Call& call, const language::Taking& taking) const override
    {
        auto head = transport_.post(call, taking);
        if (call.url.find("/audio/") != std::string::npos)
            throw std::runtime_error("killed");
        return head;
    }

private:
    language::CurlTransport transport_;
};

class WhatsAppVoice : public WhatsApp {
protected:
    void SetUp() override
    {
        WhatsApp::SetUp();
        if (IsSkipped())
            return;
        settings.transcriber.name = "Example AI, Ireland";
        settings.transcriber.url = transcriber.url();
        settings.transcriber.model = "whisper-1";
        settings.transcriber.key = Confidential{"transcriber key"};
        settings.transcriber.within = milliseconds{500};
        begin_again();
    }
    void TearDown() override
    {
        WhatsApp::TearDown();
        for (const auto& each : transcriber.wrong())
            ADD_FAILURE() << "the transcriber would have refused: " << each;
    }
    void begin_again()
    {
        restart();
        notes = std::make_unique<VoiceNotes>(*desks->house->record, *desk, transport);
        pass(minutes{2}); // until then turns and claims are those of the one before
    }
    /// A person who was told who listens, and agreed.
    PersonId agreed()
    {
        const auto id = known();
        graph.keep("first", {tests::opus_file(seconds{3})});
        speaks("first");
        writes("yes", text("Voice yes."));
        EXPECT_TRUE(transcriber.heard().empty());
        return id;
    }
    static std::string voice(const std::string& media, const std::string& sha256 = {})
    {
        return R"("type":"audio","audio":{"id":")" + media + R"(","mime_type":"audio/ogg; codecs=opus","voice":true)" +
               (sha256.empty() ? "" : R"(,"sha256":")" + sha256 + "\"") + "}";
    }
    VoiceNotes::Heard hear() { return must(notes->hear_due(system())); }
    /// A voice note comes and all that follows from it; gives what was sent.
    std::vector<GraphStandIn::Received> speaks(const std::string& media)
    {
        const auto before = graph.received().size();
        receive(delivery(message("voice-" + media, voice(media))));
        work();
        hear();
        pass(seconds{1});
        send();
        const auto all = graph.received();
        return {all.begin() + static_cast<std::ptrdiff_t>(before), all.end()};
    }
    std::vector<std::string> said_by(PersonId id)
    {
        std::vector<std::string> words;
        for (const auto& each : record_of(id))
            if (each.author == support::Author::Person)
                words.insert(words.begin(), each.text);
        return words;
    }

    TranscriberStandIn transcriber;
    std::unique_ptr<VoiceNotes> notes;
};

INSTANTIATE_TEST_SUITE_P(Stores, WhatsAppVoice, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(WhatsAppVoice, B1_WhatWasSaidIsScreenedAndAnsweredLikeWhatIsWritten)
{
    const auto id = agreed();
    graph.keep("a", {tests::opus_file(seconds{8})});
    transcriber.says(danger);
    const auto got = speaks("a");
    ASSERT_TRUE(desks->alert(id).has_value());
    EXPECT_EQ(desks->alert(id)->urgency, Urgency::Now);
    ASSERT_FALSE(got.empty());
    EXPECT_EQ(got[0].text().rfind("*AI*", 0), 0U) << "the fixed words, and nothing before them";
    EXPECT_THAT(got[0].text(), HasSubstr("112"));
    const auto kept = last_of(id, support::Author::Person);
    EXPECT_EQ(kept.text, danger);
    EXPECT_TRUE(support::from_voice_note(kept)) << "staff see that a machine wrote it down";
    ASSERT_EQ(transcriber.heard().size(), 1U);
    EXPECT_EQ(transcriber.heard()[0].sound, tests::opus_file(seconds{8})) << "byte for byte";
    EXPECT_EQ(transcriber.heard()[0].language, "en");
    EXPECT_EQ(jobs("voice_note"), 0);
    const auto counts = desks->conversations.counts();
    EXPECT_EQ(counts.received, counts.screened);
    // What is written is not marked so.
    writes("b", text("thank you"));
    EXPECT_FALSE(support::from_voice_note(last_of(id, support::Author::Person)));
}

TEST_P(WhatsAppVoice, I1_NoVoiceLeavesBeforeAYesToTheTranscriberThatWasNamed)
{
    const auto id = known();
    graph.keep("a", {tests::opus_file(seconds{3})});
    transcriber.says("good morning");
    auto got = writes("0", text("VOICE YES"));
    ASSERT_EQ(got.size(), 1U);
    EXPECT_THAT(got[0].text(), HasSubstr("Example AI, Ireland (127.0.0.1:")) << "nobody was named yet: now they are";
    EXPECT_THAT(got[0].text(), Not(HasSubstr("Thank you")));
    got = speaks("a");
    ASSERT_EQ(got.size(), 1U);
    EXPECT_THAT(got[0].text(), HasSubstr("I cannot listen to voice messages"));
    EXPECT_THAT(got[0].text(), HasSubstr("112"));
    EXPECT_THAT(got[0].text(), HasSubstr("Example AI, Ireland (127.0.0.1:"));
    EXPECT_THAT(got[0].text(), HasSubstr("VOICE YES"));
    got = writes("1", text("voice yes!"));
    ASSERT_EQ(got.size(), 1U);
    EXPECT_THAT(got[0].text(), HasSubstr("Thank you"));
    EXPECT_EQ(said_by(id), std::vector<std::string>{"hello"}) << "no conversation about it";
    EXPECT_TRUE(transcriber.heard().empty());
    graph.keep("b", {tests::opus_file(seconds{3})});
    speaks("b");
    EXPECT_EQ(transcriber.heard().size(), 1U);
    EXPECT_EQ(said_by(id).back(), "good morning");
    // Another one is another question.
    settings.transcriber.name = "Other AI, France";
    begin_again();
    graph.keep("c", {tests::opus_file(seconds{3})});
    EXPECT_THAT(speaks("c").front().text(), HasSubstr("Other AI, France"));
    EXPECT_EQ(transcriber.heard().size(), 1U);
    writes("2", text("voice yes"));
    graph.keep("d", {tests::opus_file(seconds{3})});
    speaks("d");
    EXPECT_EQ(transcriber.heard().size(), 2U);
    // And taken back, also for what waits.
    receive(delivery(message("3", voice("d"))));
    work();
    EXPECT_EQ(jobs("voice_note"), 1);
    EXPECT_THAT(writes("4", text("Voice no")).back().text(), HasSubstr("no longer"));
    EXPECT_EQ(hear().unheard, 1);
    graph.keep("e", {tests::opus_file(seconds{3})});
    speaks("e");
    EXPECT_EQ(transcriber.heard().size(), 2U);
    must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
        EXPECT_FALSE(TRY(desks->house->consents->granted(reading, id, "voice_notes")));
        return {};
    }));
}

TEST_P(WhatsAppVoice, WithoutATranscriberItIsDeclinedAsBefore)
{
    settings.transcriber = {};
    begin_again();
    const auto id = known();
    const auto got = speaks("a");
    ASSERT_EQ(got.size(), 1U);
    EXPECT_THAT(got[0].text(), HasSubstr("I cannot listen to voice messages"));
    EXPECT_THAT(got[0].text(), Not(HasSubstr("VOICE YES")));
    writes("1", text("voice yes"));
    EXPECT_EQ(said_by(id).back(), "voice yes") << "words like any others";
}

TEST_P(WhatsAppVoice, WhatCannotBeListenedToIsSaidWithWhereAHumanAnswers)
{
    const auto id = agreed();
    transcriber.says("good morning");
    graph.keep("whole", {tests::opus_file(minutes{5})}); // and not a millisecond more
    speaks("whole");
    EXPECT_EQ(said_by(id).back(), "good morning");
    const auto before = said_by(id);
    const auto good = tests::opus_file(seconds{3});
    std::size_t asked = 1;
    int number = 0;
    const auto declined = [&](const std::string& why, const GraphStandIn::Media& media, bool asks) {
        const auto name = "m" + std::to_string(++number);
        if (!media.bytes.empty())
            graph.keep(name, media);
        asked += asks ? 1 : 0;
        const auto got = speaks(name);
        ASSERT_EQ(got.size(), 1U) << why;
        EXPECT_THAT(got[0].text(), HasSubstr("I could not listen to your voice message. Please write it in words")) << why;
        EXPECT_THAT(got[0].text(), HasSubstr("112")) << why;
        EXPECT_EQ(transcriber.heard().size(), asked) << why;
        EXPECT_EQ(jobs("voice_note"), 0) << why;
    };
    declined("Meta has no such file", {}, false);
    declined("larger than 16 MB", {good, "audio/ogg", {}, 16 * 1024 * 1024 + 1}, false);
    declined("another hash", {good, "audio/ogg", std::string(64, '0')}, false);
    declined("no sound", {good, "image/jpeg"}, false);
    declined("longer than five minutes", {tests::opus_file(milliseconds{300'001}), "audio/ogg"}, false);
    declined("another kind of file", {"ID3 and so on", "audio/mpeg"}, false);
    declined("somebody else's address", {good, "audio/ogg", {}, -1, "https://example.org/media"}, false);
    declined("not there any more", {good, "audio/ogg", {}, -1, {}, 404}, false);
    for (const auto& answer : std::vector<TranscriberStandIn::Answer>{{500, "{}", {}},
                                                                      {0, {}, {}},
                                                                      {200, R"({"text":""})", {}},
                                                                      {200, "<html>good morning</html>", {}},
                                                                      {200, R"({"words":"good morning"})", {}},
                                                                      {200, R"({"text":")" + std::string(20'001, 'a') + "\"}", {}},
                                                                      {200, R"({"text":"late"})", milliseconds{1500}}}) {
        transcriber.answers(answer);
        declined("transcriber: " + answer.body.substr(0, 30), {good, "audio/ogg"}, true);
    }
    EXPECT_EQ(said_by(id), before) << "nothing was put into their mouth";
    EXPECT_FALSE(desks->alert(id).has_value()) << "as for a voice message where nobody listens";
}

TEST_P(WhatsAppVoice, B9_WordsInALanguageNobodyTestedAskAHumanAndThePerson)
{
    const auto id = agreed();
    graph.keep("a", {tests::opus_file(seconds{3})});
    const std::string words = "En halua enää elää, olen väsynyt kaikkeen";
    ASSERT_EQ(desks->conversations.judged(words).urgency, Urgency::Unknown);
    transcriber.says(words);
    std::string all;
    for (const auto& each : speaks("a"))
        all += each.text();
    EXPECT_THAT(all, HasSubstr("I could not listen"));
    ASSERT_TRUE(desks->alert(id).has_value());
    EXPECT_EQ(desks->alert(id)->urgency, Urgency::Unknown);
}

TEST_P(WhatsAppVoice, G7_IsHeardOnceWhateverStopsAndHoweverOftenItComes)
{
    const auto id = agreed();
    graph.keep("a", {tests::opus_file(seconds{3})});
    transcriber.says(danger);
    const auto body = delivery(message("a", voice("a")));
    receive(body);
    receive(body);
    EXPECT_EQ(work().repeats, 1);
    EXPECT_EQ(jobs("voice_note"), 1);
    EXPECT_EQ(jobs("whatsapp_event"), 0);
    // Stopped before it was listened to, and in the middle of it.
    begin_again();
    const StopsAtTheTranscriber stops;
    VoiceNotes killed(*desks->house->record, *desk, stops);
    EXPECT_THROW((void)killed.hear_due(system()), std::runtime_error);
    EXPECT_EQ(jobs("voice_note"), 1);
    EXPECT_FALSE(desks->alert(id).has_value());
    begin_again();
    receive(body);
    EXPECT_EQ(work().repeats, 1);
    EXPECT_EQ(hear().in_words, 1);
    EXPECT_TRUE(desks->alert(id).has_value());
    EXPECT_EQ(jobs("voice_note"), 0);
    // Stopped between the words and the end of the job: the job is there again, and nothing is done twice.
    auto note = channels::read_event(body)->messages.front();
    must(desks->house->record->write(system(),
                                     [&](trust::Writing& writing) { return keep_voice_note(writing, id, note); }));
    const auto heard = transcriber.heard().size();
    begin_again();
    EXPECT_EQ(hear().in_words, 0);
    EXPECT_EQ(jobs("voice_note"), 0);
    EXPECT_EQ(transcriber.heard().size(), heard);
    EXPECT_EQ(said_by(id), (std::vector<std::string>{"hello", danger}));
    EXPECT_EQ(steps(id, "raised"), 1);
    EXPECT_EQ(steps(id, "raised_again"), 0);
}

TEST_P(WhatsAppVoice, ASoundThatStopsTheMachineEachTimeIsDeclinedInTheEnd)
{
    const auto id = agreed();
    graph.keep("a", {tests::opus_file(seconds{3})});
    receive(delivery(message("a", voice("a"))));
    work();
    const StopsAtTheTranscriber stops;
    for (int i = 0; i < 2; ++i) {
        begin_again();
        VoiceNotes killed(*desks->house->record, *desk, stops);
        EXPECT_THROW((void)killed.hear_due(system()), std::runtime_error);
    }
    begin_again();
    EXPECT_EQ(hear().unheard, 1) << "five minutes are over";
    EXPECT_EQ(transcriber.heard().size(), 2U);
    EXPECT_EQ(said_by(id), std::vector<std::string>{"hello"});
    pass(seconds{1});
    send();
    EXPECT_THAT(graph.received().back().text(), HasSubstr("could not listen"));
}

TEST_P(WhatsAppVoice, WhatIsWrittenAfterItComesAfterItsWordsButDangerDoesNotWait)
{
    const auto id = agreed();
    graph.keep("a", {tests::opus_file(seconds{3})});
    transcriber.says("my wife left me this morning");
    const auto at = now();
    pass(seconds{4});
    receive(delivery(message("t", text("I went for a walk"), "353871234567", at + seconds{2})));
    receive(delivery(message("a", voice("a"), "353871234567", at + seconds{1})));
    EXPECT_EQ(work().messages, 1);
    EXPECT_EQ(jobs("whatsapp_event"), 1) << "what was written waits";
    EXPECT_EQ(work().messages, 0);
    EXPECT_EQ(hear().in_words, 1);
    EXPECT_EQ(work().messages, 1);
    EXPECT_EQ(said_by(id), (std::vector<std::string>{"hello", "my wife left me this morning", "I went for a walk"}));
    // Somebody else waits for nobody.
    receive(delivery(message("b", voice("a"))));
    work();
    receive(delivery(message("c", text("hello"), "353879999999")));
    EXPECT_EQ(work().messages, 1);
    // Danger is read at once, and no transcriber holds anything up for longer than a quarter of a minute.
    receive(delivery(message("d", text("it rains a little"))));
    EXPECT_EQ(work().messages, 0);
    receive(delivery(message("e", text(danger))));
    EXPECT_EQ(work().messages, 1);
    EXPECT_EQ(desks->alert(id)->urgency, Urgency::Now);
    pass(seconds{16});
    EXPECT_EQ(work().messages, 1);
    EXPECT_EQ(said_by(id).back(), "it rains a little");
    EXPECT_EQ(jobs("voice_note"), 1);
}

TEST_P(WhatsAppVoice, I6_TheSoundIsNeverKeptAndTheWordsAreSealed)
{
    const auto id = agreed();
    const std::string canary = "canary-of-sound-5d1e";
    graph.keep("a", {tests::opus_file(seconds{3}, canary)});
    transcriber.says("a canary of words 77c2 in what I say");
    speaks("a");
    EXPECT_EQ(said_by(id).back(), "a canary of words 77c2 in what I say");
    ASSERT_EQ(transcriber.heard().size(), 1U);
    EXPECT_THAT(transcriber.heard()[0].sound, HasSubstr(canary));
    // On PostgreSQL there is no folder of ours to look into.
    for (const auto* each : {"canary-of-sound-5d1e", "canary of words 77c2"})
        EXPECT_TRUE(test::files_holding(desks->house->folder.path(), each).empty()) << each;
}

TEST_P(WhatsAppVoice, WhoIsErasedInBetweenIsNotListenedTo)
{
    const auto id = agreed();
    graph.keep("a", {tests::opus_file(seconds{3})});
    receive(delivery(message("a", voice("a"))));
    work();
    must(desks->house->erasure->erase(system(), id));
    EXPECT_EQ(hear().in_words, 0);
    EXPECT_TRUE(transcriber.heard().empty());
    EXPECT_EQ(jobs("voice_note"), 0);
}

} // namespace

} // namespace handrail::errands
