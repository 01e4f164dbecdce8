#include "monitoring/change.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <cmath>
#include <fstream>
#include <iterator>

#include "base/clock.h"
#include "content/change_protocol.h"
#include "monitoring/progress.h"
#include "monitoring/shared_data.h"
#include "monitoring/shipped_content.h"
#include "monitoring/treatment_course.h"

// Every public vector of reliable change, outcome class and course, and made-up ones of the same form beside them.
namespace handrail::monitoring {
namespace {

namespace json = boost::json;

const std::filesystem::path public_vectors = test::shared_data() / "instruments/_change_vectors.json";
const std::filesystem::path made_up_vectors =
    std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/fixtures/change/vectors.json";

const ChangeProtocol& protocol()
{
    static const ChangeProtocol loaded = [] {
        auto read = content::load_change_protocol(content_folder, instruments());
        if (!read)
            throw std::runtime_error(read.error().told);
        return *std::move(read);
    }();
    return loaded;
}

json::object read_object(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return text.empty() ? json::object{} : json::parse(text).as_object();
}

struct Vector {
    std::string id;
    json::object in;
    json::object expect;
};

void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.id; }

/// Those of one list of both files; "absent" stands for the public ones where they are not.
std::vector<Vector> vectors(const char* list)
{
    std::vector<Vector> out;
    for (const auto& file : {made_up_vectors, public_vectors}) {
        const auto all = read_object(file);
        if (all.empty())
            out.push_back({"absent", {}, {}});
        else
            for (const auto& each : all.at(list).as_array())
                out.push_back({std::string(each.at("id").as_string()), each.at("in").as_object(),
                               each.at("expect").as_object()});
    }
    return out;
}

class ByVector : public testing::TestWithParam<Vector> {
protected:
    void SetUp() override
    {
        if (GetParam().id == "absent")
            GTEST_SKIP() << "SKIPPED: the public vectors are not there: " << public_vectors;
    }
    double in(const char* key) const { return GetParam().in.at(key).to_number<double>(); }
    const json::value* expected(const char* key) const { return GetParam().expect.if_contains(key); }
    void expect_near(const char* key, std::optional<double> value) const
    {
        const auto* wanted = expected(key);
        if (wanted == nullptr)
            return;
        if (wanted->is_null()) {
            EXPECT_FALSE(value.has_value()) << key;
            return;
        }
        ASSERT_TRUE(value.has_value()) << key;
        EXPECT_NEAR(*value, wanted->to_number<double>(), 0.00005) << key;
    }
    void expect_same(const char* key, bool value) const
    {
        ASSERT_NE(expected(key), nullptr) << key;
        EXPECT_EQ(value, expected(key)->as_bool()) << key;
    }
};

std::string id_of(const testing::TestParamInfo<Vector>& each) { return each.param.id; }

class JacobsonTruax : public ByVector {};

TEST_P(JacobsonTruax, GivesThePublishedPoints)
{
    const auto points = reliable_points(in("sd"), in("reliability"), in("z"));
    if (const auto* error = expected("error")) {
        ASSERT_FALSE(points.ok());
        EXPECT_EQ(points.error().where, std::string(error->as_string()));
        return;
    }
    ASSERT_TRUE(points.ok());
    expect_near("s_diff", points->error);
    expect_near("rci_points", points->points);
    EXPECT_EQ(points->whole, expected("rci_whole_points")->as_int64());
}
INSTANTIATE_TEST_SUITE_P(All, JacobsonTruax, testing::ValuesIn(vectors("jacobson_truax")), id_of);

class ReliableChangeScore : public ByVector {};

TEST_P(ReliableChangeScore, CountsFrom196Errors)
{
    const auto score = reliable_score(in("pre"), in("post"), in("sd"), in("reliability"), protocol().certainty);
    ASSERT_TRUE(score.ok());
    expect_near("rc", score->rc);
    expect_same("reliable_at_1_96", score->reliable);
}
INSTANTIATE_TEST_SUITE_P(All, ReliableChangeScore, testing::ValuesIn(vectors("reliable_change_score")), id_of);

class CutOffC : public ByVector {};

TEST_P(CutOffC, LiesNearerTheGroupThatVariesLess)
{
    const auto group = [&](const char* key) {
        const auto& one = GetParam().in.at(key).as_object();
        return ChangeNorms::Group{one.at("mean").to_number<double>(), one.at("sd").to_number<double>()};
    };
    const auto cut = cut_offs(group("clinical"), group("nonclinical"));
    ASSERT_TRUE(cut.ok());
    expect_near("c", cut->c);
}
INSTANTIATE_TEST_SUITE_P(All, CutOffC, testing::ValuesIn(vectors("cutoff_c")), id_of);

class OutcomeClass : public ByVector {};

TEST_P(OutcomeClass, IsThePublishedOne)
{
    const auto& instrument = *instruments().find(std::string(GetParam().in.at("instrument").as_string()));
    const auto outcome = outcome_of(instrument, in("first"), in("last"));
    ASSERT_TRUE(outcome.has_value());
    expect_near("change", outcome->change);
    EXPECT_EQ(name(outcome->reliably), std::string(expected("reliable")->as_string()));
    expect_same("was_case", outcome->was_case);
    expect_same("is_case", outcome->is_case);
    expect_same("recovery", outcome->recovery);
    expect_same("reliable_recovery", outcome->reliable_recovery);
    expect_near("percent_improvement", outcome->percent_better);
    EXPECT_FALSE(outcome_words(*outcome).empty());
}
INSTANTIATE_TEST_SUITE_P(All, OutcomeClass, testing::ValuesIn(vectors("outcome_class")), id_of);

class TwoMeasuresTogether : public ByVector {};

TEST_P(TwoMeasuresTogether, AreACaseOnEither)
{
    const auto low_mood = outcome_of(*instruments().find(protocol().depression), in("phq9_first"), in("phq9_last"));
    const auto anxiety = outcome_of(*instruments().find(protocol().anxiety), in("gad7_first"), in("gad7_last"));
    ASSERT_TRUE(low_mood && anxiety);
    for (const auto& both : {together(*low_mood, *anxiety), together(*anxiety, *low_mood)}) {
        expect_same("reliable_improvement", both.reliable_improvement);
        expect_same("reliable_deterioration", both.reliable_deterioration);
        expect_same("was_case", both.was_case);
        expect_same("recovery", both.recovery);
        expect_same("reliable_recovery", both.reliable_recovery);
    }
}
INSTANTIATE_TEST_SUITE_P(All, TwoMeasuresTogether, testing::ValuesIn(vectors("two_measures")), id_of);

class CourseOfTreatment : public ByVector {
protected:
    static std::chrono::sys_days day(const json::value& text)
    {
        return std::chrono::floor<std::chrono::days>(*from_rfc3339(std::string(text.as_string()) + "T00:00:00Z"));
    }
    static TreatmentForm form(const json::value& row)
    {
        TreatmentForm out;
        out.on = day(row.at("date"));
        if (!row.at("total").is_null())
            out.total = row.at("total").to_number<double>();
        if (!row.at("item9").is_null())
            out.critical = static_cast<int>(row.at("item9").as_int64());
        return out;
    }
};

TEST_P(CourseOfTreatment, RaisesTheStatedFlags)
{
    const auto& given = GetParam().in;
    std::vector<TreatmentForm> forms;
    for (const auto& row : given.at("series").as_array())
        forms.push_back(form(row));
    Treatment treatment;
    treatment.started_on = day(given.at("treatment_start"));
    treatment.psychological = given.at("treatment").as_string() == "psychological";
    treatment.medication = given.at("treatment").as_string() == "medication";
    const auto stood =
        stand(forms, treatment, day(given.at("today")), *instruments().find("phq-9"), protocol());
    expect_near("baseline", stood.baseline);
    expect_near("current", stood.current);
    EXPECT_EQ(stood.change.has_value(), expected("change") != nullptr);
    expect_near("change", stood.change);
    expect_near("percent_fall", stood.percent_fall);
    std::vector<std::string> flags;
    for (const auto& flag : expected("flags")->as_array())
        flags.emplace_back(flag.as_string());
    EXPECT_EQ(stood.flags, flags);
    for (const auto& flag : stood.flags)
        EXPECT_TRUE(flag == "suicidality_item" || protocol().flag(flag) != nullptr) << flag;
}
INSTANTIATE_TEST_SUITE_P(All, CourseOfTreatment, testing::ValuesIn(vectors("trend")), id_of);

TEST(ChangeVectors, AreAllRead)
{
    const auto all = read_object(public_vectors);
    if (all.empty())
        GTEST_SKIP() << "SKIPPED: the public vectors are not there: " << public_vectors;
    std::size_t count = 0;
    for (const auto* list : {"jacobson_truax", "reliable_change_score", "cutoff_c", "outcome_class", "two_measures", "trend"})
        count += all.at(list).as_array().size();
    EXPECT_EQ(count, 75U);
}

// The instruments' own files say what the public table says.
TEST(ChangeFigures, OfTheFilesAreThoseOfTheVectors)
{
    const auto all = read_object(public_vectors);
    if (all.empty())
        GTEST_SKIP() << "SKIPPED: the public vectors are not there: " << public_vectors;
    for (const auto& [id, wanted] : all.at("parameters").as_object()) {
        const auto* instrument = instruments().find(std::string(id));
        ASSERT_NE(instrument, nullptr) << id;
        ASSERT_TRUE(instrument->reliable_change && instrument->caseness) << id;
        const auto& figures = wanted.as_object();
        EXPECT_EQ(instrument->reliable_change->points, figures.at("reliable_points").to_number<double>()) << id;
        const auto is_case = [&](double total) { return instrument->caseness->bound.holds(total); };
        if (const auto* at = figures.if_contains("case_at_or_above")) {
            EXPECT_TRUE(is_case(at->to_number<double>()) && !is_case(at->to_number<double>() - 0.1)) << id;
        }
        if (const auto* at = figures.if_contains("case_at_or_below")) {
            EXPECT_TRUE(is_case(at->to_number<double>()) && !is_case(at->to_number<double>() + 0.1)) << id;
        }
        if (const auto* at = figures.if_contains("non_case_at_or_below")) {
            EXPECT_TRUE(!is_case(at->to_number<double>()) && is_case(at->to_number<double>() + 0.1)) << id;
        }
        if (const auto* below = figures.if_contains("remission_below")) {
            ASSERT_TRUE(instrument->remission_below.has_value());
            EXPECT_EQ(instrument->remission_below->value, below->to_number<double>()) << id;
        }
    }
}

TEST(ChangeFigures, SayHowFarTheyMayBeTrusted)
{
    const auto mark = [](const char* id) { return instruments().find(id)->reliable_change->mark; };
    EXPECT_EQ(mark("phq-9"), FigureMark::Verified);
    EXPECT_EQ(mark("who-5"), FigureMark::SecondHand);
    EXPECT_EQ(mark("phq-9m"), FigureMark::Unverified); // the adult's figures
    EXPECT_EQ(mark("wsas"), FigureMark::Unverified);
    // What the source calls an improvement is no error of measurement, and nobody is told that it is.
    EXPECT_TRUE(instruments().find("phq-9")->reliable_change->beyond_chance);
    for (const auto* id : {"who-5", "isi"}) {
        EXPECT_FALSE(instruments().find(id)->reliable_change->beyond_chance) << id;
        EXPECT_EQ(outcome_words(*outcome_of(*instruments().find(id), 40, 40)).find("chance"), std::string::npos) << id;
        EXPECT_FALSE(give_or_take(*instruments().find(id)).has_value()) << id;
    }
    EXPECT_EQ(outcome_of(*instruments().find("phq-9m"), 18, 6)->mark, FigureMark::Unverified);
    EXPECT_FALSE(outcome_of(*instruments().find("wsas"), 30, 6).has_value()); // nothing says who is a case
    EXPECT_FALSE(outcome_of(*instruments().find("phq-8"), 18, 6).has_value());
    EXPECT_FALSE(outcome_of(*instruments().find("asq"), 1, 0).has_value());
}

TEST(CutOffs, OfTheCore10AreThoseOfItsNorms)
{
    const auto& core10 = *instruments().find("core-10");
    ASSERT_TRUE(core10.norms.has_value());
    const auto cut = cut_offs(core10.norms->clinical, core10.norms->general);
    ASSERT_TRUE(cut.ok());
    EXPECT_NEAR(cut->a, 4.3, 1e-9);  // 19.7 - 2 * 7.7
    EXPECT_NEAR(cut->b, 14.3, 1e-9); // 4.7 + 2 * 4.8
    EXPECT_EQ(std::ceil(cut->c), 11);
    EXPECT_FALSE(cut_offs({5, 0}, {3, 0}).ok());
    const auto better_is_higher = cut_offs({40, 5}, {60, 10});
    EXPECT_EQ(better_is_higher->a, 50);
    EXPECT_EQ(better_is_higher->b, 40);
}

TEST(ReliableChangeScore, WithoutErrorEveryChangeCounts)
{
    EXPECT_TRUE(reliable_score(10, 11, 5, 1, 1.96)->reliable);
    EXPECT_FALSE(reliable_score(10, 10, 5, 1, 1.96)->reliable);
    EXPECT_FALSE(reliable_score(10, 10, 0, 1, 1.96).ok());
}

TEST(CourseOfTreatment, OfAMeasureWithoutACriticalItemNeverMissesOne)
{
    const std::chrono::sys_days start{std::chrono::year{2026} / 1 / 5};
    const std::vector<TreatmentForm> forms{{start, 12, std::nullopt}, {start + std::chrono::days{7}, {}, {}}};
    const auto stood = stand(forms, {start, true, false}, start + std::chrono::days{8}, *instruments().find("gad-7"),
                             protocol());
    EXPECT_TRUE(stood.flags.empty());
    EXPECT_EQ(stood.current, 12);
}

// Whoever has both is judged by both: the points of therapy, and the six weeks of a medicine.
TEST(CourseOfTreatment, OfTherapyAndAMedicineTogether)
{
    const std::chrono::sys_days start{std::chrono::year{2026} / 1 / 5};
    const std::vector<TreatmentForm> forms{{start, 20, 0}, {start + std::chrono::days{60}, 19, 0}};
    const auto stood = stand(forms, {start, true, true}, start + std::chrono::days{60}, *instruments().find("phq-9"),
                             protocol());
    EXPECT_EQ(stood.flags, (std::vector<std::string>{"insufficient_response_6w", "not_on_track"}));
}

} // namespace
} // namespace handrail::monitoring
