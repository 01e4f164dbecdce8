#include "detect/feeling_model.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace handrail::detect {

namespace {

constexpr std::size_t read_at_most = 600; ///< code points: more of a long message says less about one feeling

/// From which probability on a feeling is named: the lowest of 0.6, 0.7, 0.75, 0.8, 0.85 at which 85 % of what was named was
/// right on one half of the development texts, by a model that had learnt from none of them (docs/detection.md, measured on
/// the other half). Hope is left out: it is heard wrongly most often, and hurts most then.
struct Cut {
    const char* id;
    std::array<const char*, 2> labels; ///< the second may be nullptr
    double least;
};
constexpr Cut cuts[] = {{"sad", {"sadness", "grief"}, 0.85},
                        {"anxious", {"fear", "nervousness"}, 0.6},
                        {"angry", {"anger", nullptr}, 0.6},
                        {"ashamed", {"embarrassment", "remorse"}, 0.75}};

/// A feeling that is named has to be the writer's: the text says I, me, my.
bool speaks_of_self(std::string_view text)
{
    std::string word;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const char c = at < text.size() ? text[at] : ' ';
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            continue;
        }
        if (word == "i" || word == "im" || word == "ive" || word == "me" || word == "my" || word == "myself")
            return true;
        word.clear();
    }
    return false;
}

} // namespace

Result<std::shared_ptr<const FeelingModel>> FeelingModel::load(const std::filesystem::path& models)
{
    auto shelved = TRY(take_model_in(models, *find_label_set("emotion")));
    std::shared_ptr<FeelingModel> out(new FeelingModel(std::move(shelved)));
    out->version_ = out->shelved_.model.checksum.substr(0, 16);
    const auto& known = out->shelved_.model.labels;
    for (const auto& cut : cuts) {
        Named named{cut.id, {}, cut.least};
        for (const auto* label : cut.labels) {
            if (label == nullptr)
                continue;
            const auto found = std::find(known.begin(), known.end(), label);
            if (found == known.end())
                return invalid(std::string("The model of emotion does not know the label ") + label +
                               ". Make it anew with handrail train.");
            named.labels.push_back(static_cast<std::size_t>(found - known.begin()));
        }
        out->named_.push_back(std::move(named));
    }
    return std::shared_ptr<const FeelingModel>(std::move(out));
}

std::string FeelingModel::feeling(std::string_view text) const
{
    const auto begun = cut_code_points(text, 0, read_at_most);
    if (!speaks_of_self(begun))
        return {};
    const auto said = shelved_.model.detect(begun, shelved_.encoder);
    const Named* surest = nullptr;
    double best = 0;
    for (const auto& named : named_) {
        double none = 1;
        for (const auto label : named.labels)
            none *= 1 - said.probabilities[label];
        if (1 - none >= named.least && 1 - none > best) {
            best = 1 - none;
            surest = &named;
        }
    }
    return surest == nullptr ? std::string() : surest->id;
}

} // namespace handrail::detect
