#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "care/alert_desk.h"
#include "care/heard.h"
#include "care/service_desk.h"
#include "errands/retention.h"
#include "nlp/screener.h"
#include "support/conversation_desk.h"
#include "support/crisis_help.h"
#include "trust/house.h"

/// The desks that meet here, with the shipped content, on both stores.
namespace handrail::errands {

inline const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

struct Desks {
    /// @param channels  by which staff are told of alerts beside the page
    explicit Desks(std::unique_ptr<test::House> in, const std::vector<care::Channel>& channels = {});

    std::unique_ptr<test::House> house;
    // Read once for all tests of a program: it takes longer than most of them.
    const nlp::Screener& screener;
    const support::Dialogue& dialogue;
    const support::Guard& guard;
    support::CrisisHelp crisis_help;
    care::AlertDesk alerts;
    care::ServiceDesk service;
    care::Listening listening;
    support::ConversationDesk conversations;
    Retention retention;

    void save(int retention_days);
    /// Staff read between these minutes of every day; 0 and 0: never.
    void staff_hours(int from, int to);
    /// The hourly walk to its end; gives how many rows it took.
    std::int64_t walk();
    std::int64_t count(const char* sql, PersonId person);
    std::int64_t messages(PersonId person);
    std::int64_t findings_with_words(PersonId person);
    void answer(const Actor& person, const std::vector<trust::ConsentDesk::Answer>& consents);
    /// Acknowledges and closes what is open about a person.
    void close_alert(const Actor& clinician, PersonId person);
    std::optional<care::Alert> alert(PersonId person);
};

struct Kind {
    const char* name;
    std::unique_ptr<test::House> (*open)();
};
extern const Kind both_stores[2];

class OnBothStores : public testing::TestWithParam<Kind> {
protected:
    void SetUp() override;
    std::unique_ptr<Desks> desks;
    std::vector<care::Channel> channels; ///< set before SetUp
};

} // namespace handrail::errands
