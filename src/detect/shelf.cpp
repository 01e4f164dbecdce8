#include "detect/shelf.h"

#include <fstream>
#include <iterator>

#include "detect/model_file.h"

namespace handrail::detect {

namespace {

constexpr std::uintmax_t largest_file = 256U << 20U;

Result<std::string> bytes_of(const std::filesystem::path& file)
{
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    std::ifstream in(file, std::ios::binary);
    if (failed || !in)
        return not_found("The file cannot be read: " + file.string());
    if (size > largest_file)
        return invalid(file.string() + " is too large for a model.");
    std::string out(size, '\0');
    in.read(out.data(), static_cast<std::streamsize>(size));
    if (in.gcount() != static_cast<std::streamsize>(size))
        return not_found("The file cannot be read: " + file.string());
    return out;
}

Error about(const std::filesystem::path& file, const Error& error)
{
    return {error.kind, file.string() + ": " + error.told, {}, {}};
}

} // namespace

std::filesystem::path encoder_file(const std::filesystem::path& folder, const std::string& name)
{
    return folder / ("encoder-" + name) / "encoder.bin";
}

std::filesystem::path model_path(const std::filesystem::path& folder, const std::string& set)
{
    return folder / set / "model.bin";
}

Result<Shelved> take_model_in(const std::filesystem::path& folder, const LabelSet& set)
{
    const auto file = model_path(folder, std::string(set.name));
    const auto bytes = TRY(bytes_of(file));
    auto model = read_model(bytes);
    if (!model)
        return about(file, model.error());
    if (model->set != set.name)
        return invalid(file.string() + " is the model of another label set.");
    // The name comes from the file: only those there are lead to a path.
    if (model->encoder_name != "open" && model->encoder_name != "research" &&
        model->encoder_name != screening_set && model->encoder_name != reply_set)
        return invalid(file.string() + " names an encoder that there is none of.");
    const auto beside = encoder_file(folder, model->encoder_name);
    const auto encoder_bytes = TRY(bytes_of(beside));
    auto encoder = read_encoder(encoder_bytes);
    if (!encoder)
        return about(beside, encoder.error());
    if (encoder->checksum != model->encoder_checksum ||
        model->head.size() != model->labels.size() * encoder->vectors.width ||
        model->pooled.size() != model->labels.size() * (encoder->words.pooled_size() + 1))
        return invalid(file.string() + " was not learnt with " + beside.string() +
                       ". Make both anew with handrail train.");
    return Shelved{*std::move(model), *std::move(encoder),  file,
                   bytes.size(),      encoder_bytes.size(), set.licence == Licence::Research};
}

Result<Shelved> take_model(const std::filesystem::path& models, const LabelSet& set)
{
    for (const auto& folder : {models, models / "research"})
        if (std::filesystem::exists(model_path(folder, std::string(set.name))))
            return take_model_in(folder, set);
    return not_found("There is no model for " + std::string(set.name) + " in " + models.string() + " or " +
                     (models / "research").string() +
                     (set.licence == Licence::Research
                          ? ". Its corpus, " + std::string(set.corpus) +
                                ", is for research, so the model does not ship. Whoever has the corpora makes it with: "
                          : ". Make it with: ") +
                     "handrail train --all --from CORPORA --out " + (models / "research").string());
}

} // namespace handrail::detect
