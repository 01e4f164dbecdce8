#include "detect/screening_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <vector>

#include "base/crypto.h"
#include "base/text.h"

namespace handrail::detect {

namespace {

struct Word {
    std::size_t begin; ///< bytes
    std::size_t end;
};

std::vector<Word> words_of(std::string_view text)
{
    std::vector<Word> out;
    for (std::size_t at = 0; at < text.size();) {
        const bool space = static_cast<unsigned char>(text[at]) <= ' ';
        auto end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) <= ' ') == space)
            ++end;
        if (!space)
            out.push_back({at, end});
        at = end;
    }
    return out;
}

constexpr std::size_t looked_at = 6;    ///< words that are left out together
constexpr std::size_t most_looks = 200; ///< so that a book is not read once for every word in it

} // namespace

Result<std::shared_ptr<const ScreeningModel>> ScreeningModel::load(const std::filesystem::path& models)
{
    auto shelved = TRY(take_model_in(models, *find_label_set(screening_set)));
    std::shared_ptr<ScreeningModel> out(new ScreeningModel(std::move(shelved)));
    const auto& labels = out->shelved_.model.labels;
    const auto usual = std::find(labels.begin(), labels.end(), "usual");
    if (usual == labels.end())
        return invalid("The model of screening does not know what is usual. Make it anew with handrail train.");
    out->usual_ = static_cast<std::size_t>(usual - labels.begin());
    for (const auto& label : labels)
        out->category_of_.push_back(category_from(label));
    return std::shared_ptr<const ScreeningModel>(std::move(out));
}

struct ScreeningModel::Remembered {
    struct Slot {
        std::string key; ///< empty: nothing here yet
        Opinion opinion;
    };
    const SecretKey secret = SecretKey::random();
    std::mutex mutex;
    std::vector<Slot> slots{1024};

    std::string key_of(std::string_view text) const { return KeyedHash(secret).add(text).finish(); }
    Slot& slot_of(const std::string& key)
    {
        std::uint32_t at = 0;
        std::memcpy(&at, key.data(), sizeof at);
        return slots[at % slots.size()];
    }
};

ScreeningModel::ScreeningModel(Shelved shelved)
    : shelved_(std::move(shelved)), remembered_(std::make_unique<Remembered>())
{
}
ScreeningModel::~ScreeningModel() = default;

nlp::SecondReader::Opinion ScreeningModel::read(std::string_view text) const
{
    const auto key = remembered_->key_of(text);
    {
        const std::scoped_lock lock(remembered_->mutex);
        if (const auto& slot = remembered_->slot_of(key); slot.key == key)
            return slot.opinion;
    }
    auto opinion = read_anew(text);
    const std::scoped_lock lock(remembered_->mutex);
    remembered_->slot_of(key) = {key, opinion};
    return opinion;
}

nlp::SecondReader::Opinion ScreeningModel::read_anew(std::string_view text) const
{
    const auto said = shelved_.model.detect(text, shelved_.encoder);
    Opinion out;
    for (std::size_t k = 0; k < category_of_.size(); ++k)
        if (category_of_[k])
            out.probability[std::string(name(*category_of_[k]))] = said.probabilities[k];
    // Of a text that it knows too little of it has nothing to say.
    if (said.known < static_cast<double>(shelved_.model.decision.least_known))
        return out;
    if (const auto category = category_of_[said.answer.first]) {
        out.today = category;
        find_words(text, said.answer.first, out);
    }
    return out;
}

std::string ScreeningModel::version() const
{
    return shelved_.model.checksum.substr(0, 16);
}

double ScreeningModel::alarm(std::string_view text, std::size_t label) const
{
    const auto said = shelved_.model.detect(text, shelved_.encoder);
    return std::log(std::max(said.probabilities[label], 1e-12)) - std::log(std::max(said.probabilities[usual_], 1e-12));
}

/// The few words without which the message would be the least alarming.
void ScreeningModel::find_words(std::string_view text, std::size_t label, Opinion& opinion) const
{
    const auto words = words_of(text);
    std::size_t begin = 0;
    std::size_t end = text.size();
    if (words.size() > looked_at) {
        const auto windows = words.size() - looked_at + 1;
        const auto step = std::max<std::size_t>(1, windows / most_looks);
        double least = 1e300;
        for (std::size_t first = 0; first < windows; first += step) {
            const auto& last = words[first + looked_at - 1];
            auto without = std::string(text.substr(0, words[first].begin));
            without += text.substr(last.end);
            if (const auto left = alarm(without, label); left < least) {
                least = left;
                begin = words[first].begin;
                end = last.end;
            }
        }
    }
    opinion.begin = code_points(text.substr(0, begin));
    opinion.end = opinion.begin + code_points(text.substr(begin, end - begin));
}

} // namespace handrail::detect
