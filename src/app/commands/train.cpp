#include "app/commands/train.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <ostream>
#include <thread>

#include "base/result.h"
#include "detect/card.h"
#include "detect/model_file.h"
#include "detect/shelf.h"
#include "detect/trainer.h"

namespace handrail::app {

namespace {

/// Whole or not at all: a reader never sees half a model.
Result<void> write(const std::filesystem::path& file, const std::string& bytes)
{
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    const auto aside = std::filesystem::path(file).concat(".new");
    {
        std::ofstream out(aside, std::ios::binary | std::ios::trunc);
        out << bytes;
        if (!out.flush())
            return unavailable("The file cannot be written: " + aside.string(), {});
    }
    std::filesystem::rename(aside, file, failed);
    if (failed)
        return unavailable("The file cannot be written: " + file.string() + ": " + failed.message(), {});
    return {};
}

/// What is written of one label set.
struct Finished {
    const detect::LabelSet* set = nullptr;
    std::string model;
    detect::Evaluation evaluation;
};

std::vector<Finished> finish(const std::vector<detect::Material>& materials,
                             const std::vector<detect::Encoder>& encoders, unsigned threads)
{
    std::vector<Finished> out(materials.size());
    detect::side_by_side(materials.size(), threads, [&](std::size_t at) {
        const auto& material = materials[at];
        const auto name = detect::encoder_name(*material.set);
        for (const auto& encoder : encoders)
            if (encoder.name == name)
                out[at].model = detect::written(detect::finished(material, encoder));
        out[at].set = material.set;
        out[at].evaluation = detect::evaluate(*material.set, material.corpus, detect::cross_validate(material));
    });
    return out;
}

Result<void> write_all(const TrainAsked& asked, const std::vector<Finished>& all,
                       const std::vector<detect::Encoder>& encoders, std::ostream& out)
{
    std::map<std::string, std::size_t> encoder_bytes;
    for (const auto& encoder : encoders) {
        const auto bytes = detect::written(encoder);
        encoder_bytes[encoder.name] = bytes.size();
        TRY(write(detect::encoder_file(asked.out, encoder.name), bytes));
    }
    for (const auto& each : all) {
        const auto name = detect::encoder_name(*each.set);
        const auto file = detect::model_path(asked.out, std::string(each.set->name));
        TRY(write(file, each.model));
        TRY(write(file.parent_path() / "card.md",
                  detect::card(each.evaluation,
                               detect::FileFacts{each.model.size(), detect::checksum_in(each.model),
                                                 encoder_bytes[name], "encoder-" + name + "/encoder.bin"},
                               {})));
        TRY(write(file.parent_path() / "evaluation.json", detect::evaluation_json(each.evaluation, {})));
        out << each.set->name << ": ";
        for (const auto& figure : each.evaluation.figures)
            out << figure.name << " " << figure.value << ", ";
        out << each.model.size() << " bytes in " << file.string() << std::endl;
    }
    return {};
}

} // namespace

int train(const TrainAsked& asked, std::ostream& out, std::ostream& err)
{
    std::vector<const detect::LabelSet*> sets;
    for (const auto& set : detect::label_sets())
        if (asked.all || (asked.open && set.licence == detect::Licence::Open))
            sets.push_back(&set);
    for (const auto& name : asked.sets)
        if (const auto* set = detect::find_label_set(name); set != nullptr)
            sets.push_back(set);
    if (asked.all || asked.open)
        std::erase_if(sets, [&](const auto* set) {
            const bool without = detect::authored(*set) && !std::filesystem::is_directory(asked.written.of(*set));
            if (without)
                err << "handrail train: NOT TRAINED: " << set->name << ": its texts are not in this installation.\n";
            return without;
        });
    if (sets.empty()) {
        err << "handrail train: say which label sets: --all, --open or --what SET.\n";
        return 2;
    }
    auto materials = detect::gather(sets, asked.from, asked.written);
    if (!materials) {
        err << "handrail train: " << materials.error().told << "\n";
        return 2;
    }
    const auto threads = asked.threads > 0 ? asked.threads : std::max(1U, std::thread::hardware_concurrency());
    const auto encoders = detect::learn(*materials, true, threads,
                                        [&](const std::string& line) { err << "learnt " << line << std::endl; });
    if (const auto done = write_all(asked, finish(*materials, encoders, threads), encoders, out); !done) {
        err << "handrail train: " << done.error().told << "\n";
        return 2;
    }
    return 0;
}

} // namespace handrail::app
