#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "detect/label_sets.h"
#include "detect/model.h"

namespace handrail::detect {

/// A model with the encoder it was learnt with.
struct Shelved {
    Model model;
    Encoder encoder;
    std::filesystem::path file; ///< of the model
    std::size_t bytes = 0;
    std::size_t encoder_bytes = 0;
    bool research = false; ///< found under research, or for research only
};

/// Takes a label set's model from the models folder: models/SET/model.bin, or models/research/SET/model.bin.
/// NotFound says how to make it; Invalid that a file is damaged, and which.
Result<Shelved> take_model(const std::filesystem::path& models, const LabelSet& set);
/// The same from one folder that `train` wrote.
Result<Shelved> take_model_in(const std::filesystem::path& folder, const LabelSet& set);

/// Where an encoder lies in a folder of models.
std::filesystem::path encoder_file(const std::filesystem::path& folder, const std::string& name);
std::filesystem::path model_path(const std::filesystem::path& folder, const std::string& set);

} // namespace handrail::detect
