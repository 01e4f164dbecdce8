#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "detect/shelf.h"
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
    std::string version() const override;

private:
    explicit ScreeningModel(Shelved shelved);
    Opinion read_anew(std::string_view text) const;
    /// How far a label's probability stands above that of "usual".
    double alarm(std::string_view text, std::size_t label) const;
    void find_words(std::string_view text, std::size_t label, Opinion& opinion) const;

    /// What it said of the texts that it read last, by a keyed hash of each: with every message the ones before it are
    /// asked for again. No word is kept.
    struct Remembered;

    Shelved shelved_;
    std::unique_ptr<Remembered> remembered_;
    std::size_t usual_ = 0;
    std::vector<std::optional<Category>> category_of_; ///< of each label
};

} // namespace handrail::detect
