#include "errands/whatsapp_people.h"

namespace handrail::errands {

namespace {

using testing::HasSubstr;

class WhatsAppOrder : public WhatsApp {};

INSTANTIATE_TEST_SUITE_P(Stores, WhatsAppOrder, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(WhatsAppOrder, WhatCameInTheWrongOrderIsReadInTheOrderItWasWritten)
{
    const auto id = known();
    const auto before = record_of(id).size();
    const auto sent = graph.received().size();
    const auto at = now();
    pass(seconds{10});
    // The status of a message comes before anything of it, the later words before the earlier ones, in one delivery and two.
    receive(delivery({}, R"({"id":"wamid.nothing-of-ours","status":"read","timestamp":")" + seconds_text(now()) + "\"}"));
    receive(delivery(message("c", text("which bridge is the highest one here"), "353871234567", at + seconds{9}) + "," +
                     message("b", text("nobody will miss me, I cannot go on"), "353871234567", at + seconds{6})));
    receive(delivery(message("a", text("my wife left me this morning"), "353871234567", at + seconds{3})));
    EXPECT_EQ(work().messages, 3);
    std::vector<std::string> words;
    for (const auto& each : record_of(id))
        if (each.author == support::Author::Person)
            words.push_back(each.text);
    ASSERT_EQ(words.size(), 4u) << "with the hello";
    const auto newest_first = words.front().find("bridge") != std::string::npos;
    if (newest_first)
        std::ranges::reverse(words);
    EXPECT_THAT(words[1], HasSubstr("left me"));
    EXPECT_THAT(words[2], HasSubstr("cannot go on"));
    EXPECT_THAT(words[3], HasSubstr("bridge"));
    EXPECT_GT(record_of(id).size(), before + 3) << "each was answered";
    EXPECT_EQ(steps(id, "raised"), 1);
    send();
    EXPECT_GT(graph.received().size(), sent);
    // Earlier words that come when the later ones are done: once, and nothing of what was heard is undone.
    const auto urgency = desks->alert(id)->urgency;
    receive(delivery(message("0", text("hello again"), "353871234567", at + seconds{1})));
    receive(delivery(message("b", text("nobody will miss me, I cannot go on"), "353871234567", at + seconds{6})));
    const auto worked = work();
    EXPECT_EQ(worked.messages, 1);
    EXPECT_EQ(worked.repeats, 1);
    EXPECT_EQ(desks->alert(id)->urgency, urgency);
    EXPECT_EQ(jobs("whatsapp_event"), 0);
}

} // namespace

} // namespace handrail::errands
