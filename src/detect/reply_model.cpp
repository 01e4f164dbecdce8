#include "detect/reply_model.h"

#include <algorithm>
#include <utility>

#include "detect/replies.h"

namespace handrail::detect {

Result<std::shared_ptr<const ReplyModel>> ReplyModel::load(const std::filesystem::path& models)
{
    auto shelved = TRY(take_model_in(models, *find_label_set(reply_set)));
    std::shared_ptr<ReplyModel> out(new ReplyModel(std::move(shelved)));
    const auto& model = out->shelved_.model;
    const auto& questions = model.combination.questions;
    if (questions.size() != 2 || !questions[0].one_of() || !questions[1].one_of() || questions[1].begin != 2 ||
        model.labels[0] != broken || model.labels.back() != no_rule)
        return invalid("The model of reply does not answer what it is asked. Make it anew with handrail train.");
    out->version_ = model.checksum.substr(0, 16);
    return std::shared_ptr<const ReplyModel>(std::move(out));
}

std::string ReplyModel::broken_by(std::string_view words, double surely) const
{
    const auto& model = shelved_.model;
    const auto said = model.detect(words, shelved_.encoder);
    // Of a text that it knows too little of it has nothing to say.
    if (said.known < static_cast<double>(model.decision.least_known) || said.answer.labels.front() != 0 ||
        said.probabilities.front() < surely)
        return {};
    const auto rules = std::span(said.probabilities).subspan(2, said.probabilities.size() - 3);
    return model.labels[2 + static_cast<std::size_t>(std::max_element(rules.begin(), rules.end()) - rules.begin())];
}

} // namespace handrail::detect
