#include <cstdlib>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/commands/detect.h"
#include "app/commands/evaluate.h"
#include "app/commands/train.h"
#include "detect/shelf.h"
#include "made_up_corpora.h"

namespace handrail::app {
namespace {

namespace json = boost::json;

struct Ran {
    int code = 0;
    std::vector<std::string> lines;
    std::string err;
};

class DetectCommand : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        models_ = std::make_unique<tests::FolderForTest>();
        const detect::MadeUpCorpora corpora;
        std::ostringstream out;
        std::ostringstream err;
        TrainAsked asked;
        asked.sets = {"topic", "interpersonal_risk"};
        asked.from = corpora.folder();
        asked.out = models_->path() / "research";
        ASSERT_EQ(train(asked, out, err), 0) << err.str();
    }
    static void TearDownTestSuite() { models_.reset(); }

    static Ran run(const std::string& set, const std::string& input,
                   const std::filesystem::path& models = models_->path())
    {
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        Ran ran;
        ran.code = detect(in, out, err, models, set);
        ran.err = err.str();
        std::istringstream written(out.str());
        for (std::string line; std::getline(written, line);)
            ran.lines.push_back(line);
        return ran;
    }

    static std::unique_ptr<tests::FolderForTest> models_;
};
std::unique_ptr<tests::FolderForTest> DetectCommand::models_;

TEST_F(DetectCommand, AnswersEveryLineInOrder)
{
    const auto ran = run("topic", "{\"id\":1.0,\"text\":\"a cousin watched the heavy rain\"}\n\n"
                                  "{\"text\":\"bright sunshine on sunday\",\"extra\":[1]}\n");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "") << "an open corpus needs no warning";
    ASSERT_EQ(ran.lines.size(), 2U);
    EXPECT_TRUE(ran.lines[0].starts_with("{\"id\":1.0,\"label\":\"rain\",\"probabilities\":{\"rain\":"))
        << ran.lines[0];
    const auto first = json::parse(ran.lines[0]).as_object();
    const auto& probabilities = first.at("probabilities").as_object();
    EXPECT_NEAR(probabilities.at("rain").as_double() + probabilities.at("sun").as_double(), 1, 1e-9);
    EXPECT_TRUE(first.at("abstain").is_bool());
    EXPECT_FALSE(first.contains("labels"));
    for (const char* part : {"handrail", "model", "encoder"})
        EXPECT_TRUE(first.at("versions").as_object().contains(part));
    EXPECT_TRUE(ran.lines[1].starts_with("{\"id\":null,\"label\":\"sun\"")) << ran.lines[1];
}

TEST_F(DetectCommand, SetsOfSeveralLabelsAddThem)
{
    const auto ran = run("interpersonal_risk", "{\"id\":1,\"text\":\"the heavy rain and a large chocolate cake\"}\n");
    const auto answer = json::parse(ran.lines.at(0)).as_object();
    EXPECT_EQ(answer.at("labels").as_array().size(), 2U);
    EXPECT_TRUE(answer.at("label").is_string());
    EXPECT_NE(ran.err.find("research use only"), std::string::npos);
    EXPECT_NE(ran.err.find("irf"), std::string::npos);
}

TEST_F(DetectCommand, ALabelIsGivenAlsoWhenAbstaining)
{
    const auto ran = run("topic", "{\"id\":1,\"text\":\"\"}\n");
    const auto answer = json::parse(ran.lines.at(0)).as_object();
    EXPECT_TRUE(answer.at("abstain").as_bool());
    EXPECT_TRUE(answer.at("label").is_string());
}

TEST_F(DetectCommand, NamesEveryBadLineAndGoesOn)
{
    for (const std::string bad :
         {"not json", "[]", "{\"id\":2}", "{\"id\":2,\"text\":5}", "{\"id\":2,\"text\":\"\xff\"}"}) {
        const auto ran = run("topic", bad + "\n{\"id\":3,\"text\":\"rain\"}\n");
        EXPECT_EQ(ran.code, 1) << bad;
        ASSERT_EQ(ran.lines.size(), 2U) << bad;
        const auto answer = json::parse(ran.lines[0]).as_object();
        EXPECT_EQ(answer.at("line").as_int64(), 1);
        EXPECT_FALSE(answer.at("error").as_string().empty());
    }
}

TEST_F(DetectCommand, TheSameInputGivesTheSameBytes)
{
    const std::string input = "{\"id\":1,\"text\":\"rain \xf0\x9f\x8c\xa7 on sunday\"}\n";
    EXPECT_EQ(run("topic", input).lines, run("topic", input).lines);
}

TEST_F(DetectCommand, AMissingModelNamesTheCommandThatMakesIt)
{
    const auto ran = run("stress", "{\"id\":1,\"text\":\"a\"}\n");
    EXPECT_EQ(ran.code, 2);
    EXPECT_TRUE(ran.lines.empty());
    EXPECT_NE(ran.err.find("handrail train --all --from"), std::string::npos) << ran.err;
    EXPECT_EQ(run("no_such_set", "").code, 2);
}

TEST_F(DetectCommand, ADamagedModelIsRefusedByName)
{
    const tests::FolderForTest copy;
    std::filesystem::copy(models_->path() / "research", copy.path(), std::filesystem::copy_options::recursive);
    const auto file = detect::model_path(copy.path(), "topic");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    const auto ran = run("topic", "{\"id\":1,\"text\":\"a\"}\n", copy.path());
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find(file.string()), std::string::npos) << ran.err;
}

TEST_F(DetectCommand, AModelIsOnlyUsedWithTheEncoderItWasLearntWith)
{
    const tests::FolderForTest copy;
    std::filesystem::copy(models_->path() / "research", copy.path(), std::filesystem::copy_options::recursive);
    std::filesystem::copy_file(detect::encoder_file(copy.path(), "research"), detect::encoder_file(copy.path(), "open"),
                               std::filesystem::copy_options::overwrite_existing);
    const auto ran = run("topic", "{\"id\":1,\"text\":\"a\"}\n", copy.path());
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("was not learnt with"), std::string::npos) << ran.err;
}

TEST(EvaluateCommand, PrintsAndWritesTheCardAndSaysWhatItLacks)
{
    const detect::MadeUpCorpora corpora;
    const tests::FolderForTest models;
    std::ostringstream none;
    TrainAsked training;
    training.sets = {"topic"};
    training.from = corpora.folder();
    training.out = models.path();
    ASSERT_EQ(train(training, none, none), 0);
    const auto card = detect::model_path(models.path(), "topic").parent_path() / "card.md";
    std::filesystem::remove(card);

    const std::string path = std::getenv("PATH");
    ::setenv("PATH", "/nowhere", 1); // no fastText there
    std::ostringstream out;
    std::ostringstream err;
    EvaluateAsked asked;
    asked.sets = {"topic"};
    asked.from = corpora.folder();
    asked.models = models.path();
    const auto code = evaluate(asked, out, err);
    ::setenv("PATH", path.c_str(), 1);
    EXPECT_EQ(code, 0) << err.str();
    EXPECT_NE(out.str().find("macro-F1"), std::string::npos) << out.str();
    EXPECT_NE(err.str().find("NOT COMPARED with fastText"), std::string::npos) << err.str();
    EXPECT_NE(err.str().find("NOT USED: goemotions"), std::string::npos) << err.str();
    EXPECT_TRUE(std::filesystem::exists(card));
}

TEST(EvaluateCommand, ReadsAModelOnHeldOutRows)
{
    const detect::MadeUpCorpora corpora;
    const tests::FolderForTest models;
    std::ostringstream none;
    TrainAsked training;
    training.sets = {"topic"};
    training.from = corpora.folder();
    training.out = models.path();
    ASSERT_EQ(train(training, none, none), 0);

    const tests::FolderForTest held_out;
    EvaluateAsked asked;
    asked.sets = {"topic"};
    asked.models = models.path();
    asked.held_out = held_out.path();
    std::ostringstream err;
    EXPECT_EQ(evaluate(asked, none, err), 1);
    EXPECT_NE(err.str().find("NOT EVALUATED: topic"), std::string::npos) << err.str();

    std::filesystem::create_directories(held_out.path() / "counselchat");
    std::filesystem::copy_file(corpora.folder() / "counselchat/train.jsonl.gz",
                               held_out.path() / "counselchat/test.jsonl.gz");
    std::ostringstream out;
    EXPECT_EQ(evaluate(asked, out, err), 0) << err.str();
    EXPECT_NE(out.str().find("60 held-out texts"), std::string::npos) << out.str();

    detect::write_packed(held_out.path() / "counselchat/test.jsonl.gz", "{\"text\":\"a\",\"label\":\"snow\"}\n");
    EXPECT_EQ(evaluate(asked, out, err), 1);
    EXPECT_NE(err.str().find("labels that the model does not know"), std::string::npos) << err.str();
}

TEST(EvaluateCommand, PrintsATableOfWhatWasFoundBefore)
{
    const detect::MadeUpCorpora corpora;
    const tests::FolderForTest models;
    std::ostringstream none;
    EvaluateAsked asked;
    std::ostringstream err;
    EXPECT_EQ(evaluate(asked, none, err), 2);
    EXPECT_NE(err.str().find("--from"), std::string::npos) << err.str();
    asked.table = true;
    asked.models = models.path();
    EXPECT_EQ(evaluate(asked, none, err), 2) << "there is nothing yet";

    TrainAsked training;
    training.sets = {"topic"};
    training.from = corpora.folder();
    training.out = models.path() / "research";
    ASSERT_EQ(train(training, none, none), 0);
    std::ostringstream out;
    EXPECT_EQ(evaluate(asked, out, err), 0) << err.str();
    EXPECT_NE(out.str().find("| `topic` | counselchat | 60 | macro-F1 | "), std::string::npos) << out.str();

    std::ofstream(detect::model_path(training.out, "topic").parent_path() / "evaluation.json") << "{\"texts\":1}";
    EXPECT_EQ(evaluate(asked, out, err), 2);
    EXPECT_NE(err.str().find("evaluation.json is not an evaluation"), std::string::npos) << err.str();
}

TEST(TrainCommand, SaysWhatIsMissing)
{
    std::ostringstream out;
    std::ostringstream err;
    TrainAsked asked;
    asked.from = "/nowhere";
    EXPECT_EQ(train(asked, out, err), 2);
    asked.all = true;
    EXPECT_EQ(train(asked, out, err), 2);
    EXPECT_NE(err.str().find("goemotions"), std::string::npos) << err.str();
}

} // namespace
} // namespace handrail::app
