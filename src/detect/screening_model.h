#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "detect/one_pass.h"
#include "nlp/second_reader.h"

namespace handrail::detect {

/// The trained model that reads people's messages beside the rules.
class ScreeningModel final : public nlp::SecondReader {
public:
    /// From models/screening. NotFound or Invalid when it is not there or damaged: whoever screens goes on by rules
    /// alone, and says so.
    static Result<std::shared_ptr<const ScreeningModel>> load(const std::filesystem::path& models);

    ~ScreeningModel() override;
    Opinion read(std::string_view text) const override;
    Words words(std::string_view text, const Opinion& opinion) const override;
    std::string version() const override { return version_; }

private:
    explicit ScreeningModel(OnePass model);
    Opinion read_anew(std::string_view text) const;

    /// What it said of the texts that it read last, by a keyed hash of each: with every message the ones before it are
    /// asked for again. No word is kept.
    struct Remembered;

    OnePass model_;
    std::string version_;
    std::unique_ptr<Remembered> remembered_;
    double least_known_ = 0;
    std::vector<std::optional<Category>> category_of_; ///< of each label
    std::size_t usual_ = 0;                            ///< labels
    std::size_t soon_ = 0;
    std::size_t now_ = 0;
};

} // namespace handrail::detect
