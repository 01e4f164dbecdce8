#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "detect/shelf.h"
#include "nlp/feeling_reader.h"

namespace handrail::detect {

/// The model of `emotion`, where the rules heard no feeling. Const: one serves all threads.
class FeelingModel final : public nlp::FeelingReader {
public:
    /// From models/emotion. NotFound or Invalid when it is not there, damaged, or does not know its labels: then feelings are
    /// heard by rules alone.
    static Result<std::shared_ptr<const FeelingModel>> load(const std::filesystem::path& models);

    std::string feeling(std::string_view text) const override;
    std::string version() const override { return version_; }

private:
    /// Several labels of the corpus that the conversation calls by one name.
    struct Named {
        std::string id;
        std::vector<std::size_t> labels;
        double least = 1; ///< probability that one of them is so
    };
    explicit FeelingModel(Shelved shelved) : shelved_(std::move(shelved)) {}

    Shelved shelved_;
    std::string version_;
    std::vector<Named> named_;
};

} // namespace handrail::detect
