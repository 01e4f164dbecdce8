#include "detect/screening_model.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <mutex>
#include <vector>

#include "base/crypto.h"
#include "detect/shelf.h"

namespace handrail::detect {

namespace {

constexpr std::size_t shown = 12; ///< words and signs at most
/// More likely than not. The answer itself asks for more, so that few harmless messages are taken for a danger. Chosen on
/// messages that neither rules nor model had seen (docs/screening.md), and held by those that look for unfairness.
constexpr double likely = 0.5;

} // namespace

Result<std::shared_ptr<const ScreeningModel>> ScreeningModel::load(const std::filesystem::path& models)
{
    const auto shelved = TRY(take_model_in(models, *find_label_set(screening_set)));
    auto pass = TRY(OnePass::of(shelved.model, shelved.encoder));
    std::shared_ptr<ScreeningModel> out(new ScreeningModel(std::move(pass)));
    const auto& labels = shelved.model.labels;
    const auto& questions = shelved.model.combination.questions;
    if (questions.size() != 2 || !questions.front().one_of() || !questions.back().one_of())
        return invalid("The model of screening does not answer what it is asked. Make it anew with handrail train.");
    out->version_ = shelved.model.checksum.substr(0, 16);
    out->least_known_ = static_cast<double>(shelved.model.decision.least_known);
    for (auto [label, to] : {std::pair{"usual", &out->usual_}, {"soon", &out->soon_}, {"now", &out->now_}}) {
        const auto found = std::find(labels.begin(), labels.end(), label);
        if (found == labels.end())
            return invalid(std::string("The model of screening does not know the label ") + label +
                           ". Make it anew with handrail train.");
        *to = static_cast<std::size_t>(found - labels.begin());
    }
    for (const auto& label : labels)
        out->category_of_.push_back(category_from(label));
    return std::shared_ptr<const ScreeningModel>(std::move(out));
}

struct ScreeningModel::Remembered {
    struct Slot {
        std::uint64_t hash = 0;
        std::size_t size = 0; ///< 0: nothing here yet; empty texts are not remembered
        Opinion opinion;
    };
    const ShortHash hash;
    std::mutex mutex;
    std::vector<Slot> slots{1024};
};

ScreeningModel::ScreeningModel(OnePass model) : model_(std::move(model)), remembered_(std::make_unique<Remembered>()) {}
ScreeningModel::~ScreeningModel() = default;

nlp::SecondReader::Opinion ScreeningModel::read(std::string_view text) const
{
    const auto hash = remembered_->hash.of(text);
    auto& slot = remembered_->slots[hash % remembered_->slots.size()];
    {
        const std::scoped_lock lock(remembered_->mutex);
        if (slot.hash == hash && slot.size == text.size() && slot.size > 0)
            return slot.opinion;
    }
    auto opinion = read_anew(text);
    const std::scoped_lock lock(remembered_->mutex);
    slot = {hash, text.size(), opinion};
    return opinion;
}

nlp::SecondReader::Opinion ScreeningModel::read_anew(std::string_view text) const
{
    const auto said = model_.detect(text);
    Opinion out;
    auto likeliest = Category::None;
    double most = -1;
    double danger = 0; // of one kind or another: what it says of them shuts out one another
    for (std::size_t k = 0; k < category_of_.size(); ++k)
        if (category_of_[k]) {
            out.probability[static_cast<std::size_t>(*category_of_[k])] = said.probabilities[k];
            danger += said.probabilities[k];
            if (said.probabilities[k] > most) {
                most = said.probabilities[k];
                likeliest = *category_of_[k];
            }
        }
    out.now = said.probabilities[now_];
    // Of a text that it knows too little of it has nothing to say.
    if (said.known < least_known_)
        return out;
    const auto answer = said.answer.labels.front();
    if (answer == usual_ || answer == soon_) {
        out.in_doubt = danger >= likely;
        if (out.in_doubt)
            out.category = likeliest;
        if (out.in_doubt || answer == usual_)
            return out;
    }
    out.category = category_of_[answer].value_or(likeliest);
    out.urgency = answer == soon_ ? Urgency::Soon : said.answer.labels.back() == now_ ? Urgency::Now : Urgency::Today;
    return out;
}

nlp::SecondReader::Words ScreeningModel::words(std::string_view text, const Opinion& opinion) const
{
    const auto label = static_cast<std::size_t>(std::find(category_of_.begin(), category_of_.end(), opinion.category) -
                                                category_of_.begin());
    const auto words = model_.weigh(text, label, usual_);
    // The run of words that weighs most, from one word to another; of signs alone, all of them.
    Words out;
    if (!words.empty())
        out = {words.front().begin, words.back().end};
    float most = -std::numeric_limits<float>::infinity();
    for (std::size_t first = 0; first < words.size(); ++first) {
        float sum = 0;
        for (auto last = first; words[first].word && last < std::min(words.size(), first + shown); ++last) {
            sum += words[last].weight;
            if (words[last].word && sum > most) {
                most = sum;
                out = {words[first].begin, words[last].end};
            }
        }
    }
    return out;
}

} // namespace handrail::detect
