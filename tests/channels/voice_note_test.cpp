#include "channels/voice_note.h"

#include <gtest/gtest.h>

#include "opus_file.h"

namespace handrail::channels {

namespace {

using std::chrono::milliseconds;
using tests::opus_file;

TEST(VoiceNote, AnswersOfMetaNameTheFile)
{
    // As Meta's reference shows it.
    const auto place = media_place_in(
        R"({"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/x","mime_type":"audio/ogg; codecs=opus",)"
        R"("sha256":"ab","file_size":61901,"id":"7"})");
    ASSERT_TRUE(place.ok());
    EXPECT_EQ(place->url, "https://lookaside.fbsbx.com/x");
    EXPECT_EQ(place->mime_type, "audio/ogg; codecs=opus");
    EXPECT_EQ(place->size, 61901);
    for (const auto* answer : {"", "[]", "{}", R"({"url":7})", R"({"error":{"code":100}})"})
        EXPECT_FALSE(media_place_in(answer).ok()) << answer;
}

TEST(VoiceNote, TheTokenGoesToMetaAlone)
{
    for (const auto* url : {"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", "https://mmg.whatsapp.net/v/1",
                            "https://graph.facebook.com/v23.0/1", "http://127.0.0.1:9/media/1"})
        EXPECT_TRUE(may_fetch(url, "http://127.0.0.1:9")) << url;
    for (const auto* url : {"http://lookaside.fbsbx.com/1", "https://fbsbx.com.example.org/1", "https://evilfbsbx.com/1",
                            "https://lookaside.fbsbx.com@example.org/1", "https://lookaside.fbsbx.com:8443/1",
                            "https://example.org/?https://lookaside.fbsbx.com/1", "http://127.0.0.1:99/media/1",
                            "http://127.0.0.1:9@example.org/1", "http://169.254.169.254/latest", "file:///etc/passwd", ""})
        EXPECT_FALSE(may_fetch(url, "http://127.0.0.1:9")) << url;
}

TEST(VoiceNote, TheHashIsReadInBothWaysOfWriting)
{
    // Computed with `printf '%s' abc | sha256sum` and `… | openssl dgst -sha256 -binary | base64`.
    EXPECT_TRUE(has_sha256("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    EXPECT_TRUE(has_sha256("abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
    EXPECT_TRUE(has_sha256("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
    EXPECT_TRUE(has_sha256("abc", ""));
    EXPECT_FALSE(has_sha256("abd", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
    EXPECT_FALSE(has_sha256("abc", "no hash at all"));
}

TEST(VoiceNote, TheLengthIsThatOfItsPages)
{
    EXPECT_EQ(length_of_opus(opus_file(milliseconds{1})), milliseconds{1});
    EXPECT_EQ(length_of_opus(opus_file(milliseconds{300'000})), milliseconds{300'000});
    EXPECT_EQ(length_of_opus(opus_file(milliseconds{300'001})), milliseconds{300'001});
    // What is before the first sample is not played (RFC 7845, 4.2).
    EXPECT_EQ(length_of_opus(opus_file(milliseconds{1000}, "sound", 312)), milliseconds{1000});

    const auto whole = opus_file(milliseconds{1000});
    for (std::size_t cut = 1; cut < whole.size(); ++cut)
        if (const auto length = length_of_opus(whole.substr(0, cut)))
            ADD_FAILURE() << "cut at " << cut << " it still plays " << length->count() << " ms";
    auto two = whole + opus_file(milliseconds{1000});
    EXPECT_TRUE(length_of_opus(two).has_value());
    two[whole.size() + 14] = 'x'; // another stream
    EXPECT_FALSE(length_of_opus(two).has_value());
    for (const std::string other : {"", "RIFF", "OggS", "\xff\xfb\x90"})
        EXPECT_FALSE(length_of_opus(other).has_value());
}

TEST(VoiceNote, TheFormHoldsWhatATranscriberReads)
{
    const auto form = transcription_form("the sound", "whisper-1", "de", "b0");
    EXPECT_EQ(form.content_type, "multipart/form-data; boundary=b0");
    EXPECT_EQ(form.body, "--b0\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
                         "--b0\r\nContent-Disposition: form-data; name=\"language\"\r\n\r\nde\r\n"
                         "--b0\r\nContent-Disposition: form-data; name=\"response_format\"\r\n\r\njson\r\n"
                         "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"voice.ogg\"\r\n"
                         "Content-Type: audio/ogg\r\n\r\nthe sound\r\n--b0--\r\n");
    EXPECT_EQ(transcription_form("s", "m", "", "b0").body.find("language"), std::string::npos);
    EXPECT_EQ(transcriptions_at("https://a.example/v1"), "https://a.example/v1/audio/transcriptions");
    EXPECT_EQ(transcriptions_at("https://a.example/v1/"), "https://a.example/v1/audio/transcriptions");
    EXPECT_EQ(transcriptions_at("https://a.example/v1/audio/transcriptions"), "https://a.example/v1/audio/transcriptions");
}

TEST(VoiceNote, WordsAreTakenOnlyWhereThereAreSome)
{
    EXPECT_EQ(transcript_in(R"({"text":" I am here. "})", 100), "I am here.");
    EXPECT_EQ(transcript_in(R"({"text":"\u00e9","language":"fr"})", 100), "é");
    EXPECT_EQ(transcript_in(R"({"text":"助けて"})", 100), "助けて");
    EXPECT_EQ(transcript_in(R"({"text":"abc"})", 3), "abc");
    for (const auto* answer : {"", "I am here.", "[]", "{}", R"({"text":""})", R"({"text":" ... "})", R"({"text":"…"})",
                               R"({"text":"12"})", R"({"text":7})", R"({"text":null})", R"({"text":"abcd"})",
                               R"({"text":"a\u0000b"})", R"({"error":{"message":"no"}})", "{\"text\":\"a\xff\"}"})
        EXPECT_FALSE(transcript_in(answer, 3).has_value()) << answer;
}

} // namespace

} // namespace handrail::channels
