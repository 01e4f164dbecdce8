#include <gtest/gtest.h>

#include <algorithm>

#include "care/alert_rows.h"
#include "scenarios/scenario.h"
#include "scenarios/words.h"

namespace handrail::scenarios {

void Story::expect(const Line&, const std::string& what)
{
    const auto words = words_of(what);
    const auto now_open = alert();
    if (begins(what, "urgency ")) {
        ASSERT_TRUE(now_open.has_value());
        EXPECT_EQ(name(now_open->urgency), words.at(1));
    } else if (begins(what, "no alert") || what == "alert closed") {
        EXPECT_FALSE(now_open.has_value());
    } else if (begins(what, "alert ")) {
        ASSERT_TRUE(now_open.has_value());
        EXPECT_EQ(care::name(now_open->state), words.at(1));
    } else if (what == "one alert") {
        std::int64_t count = -1;
        const rows::Statement statement{"scenario.alerts",
                                        "SELECT COUNT(*) FROM alert WHERE organisation = $1 AND person = $2"};
        EXPECT_TRUE(house_->record
                        ->read(house_->system(),
                               [&](trust::Reading& reading) -> Result<void> {
                                   count =
                                       TRY(reading.rows(statement, {people_.at(last_person_).person}))[0][0].number();
                                   return {};
                               })
                        .ok());
        EXPECT_EQ(count, 1);
    } else if (what == "lead told") {
        ASSERT_TRUE(now_open.has_value());
        EXPECT_GT(now_open->step, told_before_);
        told_before_ = now_open->step;
    } else if (what == "nobody else told") {
        EXPECT_EQ(now_open ? now_open->step : told_before_, told_before_);
    } else if (begins(what, "reply says ")) {
        EXPECT_NE(reply_.find(quoted(what)), std::string::npos) << reply_;
    } else if (begins(what, "reply does not say ")) {
        EXPECT_EQ(reply_.find(quoted(what)), std::string::npos) << reply_;
    } else if (begins(what, "told ") || begins(what, "not told ")) {
        const auto there = conversation();
        std::string last;
        for (const auto& message : there.messages)
            if (message.author == support::Author::Ai)
                last = message.text;
        EXPECT_EQ(last.find(quoted(what)) != std::string::npos, begins(what, "told ")) << last;
    } else if (words.size() == 2 && words[1] == "messages") {
        std::int64_t count = -1;
        const rows::Statement statement{"scenario.messages", "SELECT COUNT(*) FROM message WHERE organisation = $1 AND "
                                                             "person = $2 AND author = 'person'"};
        EXPECT_TRUE(house_->record
                        ->read(house_->system(),
                               [&](trust::Reading& reading) -> Result<void> {
                                   count =
                                       TRY(reading.rows(statement, {people_.at(last_person_).person}))[0][0].number();
                                   return {};
                               })
                        .ok());
        EXPECT_EQ(std::to_string(count), words[0]);
    } else if (begins(what, "waiting ")) {
        const auto text = conversation().waiting_text;
        EXPECT_NE(text.find(quoted(what)), std::string::npos) << text;
    } else if (begins(what, "answer ")) {
        EXPECT_EQ(name(answer_urgency_), words.at(1));
    } else if (begins(what, "listed ")) { // listed soon "…": what the caseload says of the person
        const auto listed = house_->caseload.list(actor(last_staff_), errands::Caseload::Of::Team);
        ASSERT_TRUE(listed.ok());
        const auto row = std::find_if(listed->rows.begin(), listed->rows.end(), [&](const auto& each) {
            return each.person == people_.at(last_person_).person;
        });
        ASSERT_NE(row, listed->rows.end());
        EXPECT_EQ(name(row->urgency), words.at(1));
        EXPECT_NE(row->reason.find(quoted(what)), std::string::npos) << row->reason;
    } else if (begins(what, "reason ")) {
        ASSERT_TRUE(now_open.has_value());
        EXPECT_NE(now_open->reason.find(quoted(what)), std::string::npos) << now_open->reason;
    } else if (begins(what, "called ")) {
        EXPECT_EQ(called(), what.substr(7));
    } else if (what == "walk held") {
        ASSERT_TRUE(walked_.has_value());
        EXPECT_TRUE(walked_->held()) << errands::name(walked_->broke_at().value_or(errands::WalkStep::CameIn));
    } else if (begins(what, "walk broke at ")) {
        ASSERT_TRUE(walked_.has_value() && walked_->broke_at().has_value());
        EXPECT_EQ(errands::name(*walked_->broke_at()), words.at(3));
    } else if (begins(what, "lead paged ")) {
        ASSERT_FALSE(pages().empty());
        const auto page = house_->alerts.find(actor(last_staff_), pages().back().id);
        ASSERT_TRUE(page.ok()) << page.error().told;
        EXPECT_NE(page->reason.find(quoted(what)), std::string::npos) << page->reason;
    } else if (what == "paged once") {
        EXPECT_EQ(pages().size(), 1U);
    } else if (what == "nobody paged") {
        EXPECT_TRUE(pages().empty());
    } else if (what == "reply asks") {
        EXPECT_TRUE(reply_asks_) << reply_;
    } else if (what == "a reply") {
        EXPECT_TRUE(replied_);
    } else if (what == "no reply") {
        EXPECT_FALSE(replied_) << reply_;
    } else if (words.size() == 7 && words[2] == "told" && words[3] == "that") { // Idris is told that Maeve has it
        EXPECT_EQ(last_deed_.error().kind, ErrorKind::Conflict);
        EXPECT_EQ(last_deed_.error().where, "account:" + people_.at(words[4]).account.text());
    } else if (words.size() >= 3 && words[1] == "is" && words[2] == "refused") {
        EXPECT_FALSE(last_deed_.ok());
    } else if (words.size() >= 3 && words[1] == "is" && words[2] == "heard") {
        EXPECT_TRUE(last_deed_.ok()) << last_deed_.error().told;
    } else {
        FAIL() << "nobody knows what this line expects";
    }
}

} // namespace handrail::scenarios
