#include "detect/trainer.h"

#include <gtest/gtest.h>

#include "detect/card.h"
#include "detect/model_file.h"
#include "made_up_corpora.h"

namespace handrail::detect {
namespace {

const std::vector<const LabelSet*>& sets()
{
    static const std::vector<const LabelSet*> all{find_label_set("topic"), find_label_set("stress"),
                                                  find_label_set("interpersonal_risk")};
    return all;
}

std::vector<std::string> trained(const MadeUpCorpora& corpora, unsigned threads)
{
    auto materials = gather(sets(), corpora.folder());
    const auto encoders = learn(*materials, true, threads, [](const std::string&) {});
    std::vector<std::string> out;
    for (const auto& encoder : encoders)
        out.push_back(written(encoder));
    for (const auto& material : *materials)
        out.push_back(written(finished(material, encoders[material.set->licence == Licence::Open ? 0 : 1])));
    return out;
}

TEST(Trainer, TheSameRowsGiveTheSameBytesOnAnyNumberOfThreads)
{
    const MadeUpCorpora corpora;
    const auto once = trained(corpora, 1);
    EXPECT_EQ(once.size(), 5U);
    EXPECT_EQ(once, trained(corpora, 1));
    EXPECT_EQ(once, trained(corpora, 3));
}

TEST(Trainer, LearnsWhatIsThereToLearn)
{
    const MadeUpCorpora corpora;
    auto materials = gather(sets(), corpora.folder());
    ASSERT_TRUE(materials) << materials.error().told;
    const auto encoders = learn(*materials, true, 1, [](const std::string&) {});
    for (const auto& material : *materials) {
        const auto said = cross_validate(material);
        EXPECT_GT(figures_of(*material.set, material.corpus, said).front().value, 0.9) << material.set->name;
    }
    const auto model = finished(materials->at(2), encoders.at(1));
    const auto said = model.detect("An aunt watched the heavy rain and ate cake", encoders.at(1));
    EXPECT_EQ(model.labels, (std::vector<std::string>{"sweet", "wet"}));
    EXPECT_EQ(said.answer.labels, (std::vector<std::uint16_t>{0, 1}));
    EXPECT_TRUE(model.detect("\u5929\u6c14\u5f88\u597d", encoders.at(1)).abstain) << "nothing of it is known";
}

TEST(Trainer, NamesEveryCorpusThatIsMissing)
{
    const MadeUpCorpora corpora;
    const auto materials =
        gather({find_label_set("topic"), find_label_set("cause"), find_label_set("hate")}, corpora.folder());
    ASSERT_FALSE(materials);
    EXPECT_NE(materials.error().told.find("cams, hate_offensive_davidson"), std::string::npos)
        << materials.error().told;
}

TEST(Card, HoldsTheFiguresAndNoText)
{
    const MadeUpCorpora corpora;
    auto materials = gather({find_label_set("topic")}, corpora.folder());
    learn(*materials, false, 1, [](const std::string&) {});
    const auto& material = materials->front();
    const auto evaluation = evaluate(*material.set, material.corpus, cross_validate(material));
    const auto written = card(evaluation, FileFacts{10, "abc", 20, "encoder-open/encoder.bin"},
                              Rival{"fastText", evaluation.figures, 1, 2, 3});
    for (const char* part :
         {"macro-F1", "95 % interval", "fastText", "Confusion", "Calibration", "coverage", "`abc`", "Not a diagnosis"})
        EXPECT_NE(written.find(part), std::string::npos) << part;
    EXPECT_EQ(written.find("chocolate"), std::string::npos);
    EXPECT_EQ(evaluation_json(evaluation, {}).find("chocolate"), std::string::npos);
}

} // namespace
} // namespace handrail::detect
