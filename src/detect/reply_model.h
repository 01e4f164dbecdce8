#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "detect/shelf.h"
#include "nlp/reply_reader.h"

namespace handrail::detect {

/// The trained model that reads what a language model is about to say, beside the rules of the guard. Const: one serves all
/// threads.
class ReplyModel final : public nlp::ReplyReader {
public:
    /// From models/reply. NotFound or Invalid when it is not there or damaged: then the guard holds back by rules alone.
    static Result<std::shared_ptr<const ReplyModel>> load(const std::filesystem::path& models);

    std::string broken_by(std::string_view words, double surely) const override;
    std::string version() const override { return version_; }

private:
    explicit ReplyModel(Shelved shelved) : shelved_(std::move(shelved)) {}

    Shelved shelved_;
    std::string version_;
};

} // namespace handrail::detect
