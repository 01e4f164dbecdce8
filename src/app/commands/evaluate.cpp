#include "app/commands/evaluate.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <ostream>
#include <thread>

#include "app/commands/fasttext.h"
#include "base/result.h"
#include "detect/card.h"
#include "detect/shelf.h"
#include "detect/summary.h"
#include "detect/trainer.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t timed_texts = 1000;

double micros_a_text(const detect::Shelved& shelved, const detect::Corpus& corpus)
{
    const auto count = std::min(timed_texts, corpus.rows.size());
    const auto begun = std::chrono::steady_clock::now();
    double sum = 0;
    for (std::size_t row = 0; row < count; ++row)
        sum += shelved.model.detect(corpus.rows[row].text, shelved.encoder).known;
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return sum < 0 ? 0 : 1e6 * seconds / static_cast<double>(std::max<std::size_t>(count, 1));
}

/// The model of a set wherever it lies in the folder; its name is all that a card needs of it.
Result<detect::Shelved> shelved_in(const fs::path& models, const detect::LabelSet& set)
{
    return fs::exists(detect::model_path(models, std::string(set.name))) ? detect::take_model_in(models, set)
                                                                         : detect::take_model(models, set);
}

int on_held_out(const EvaluateAsked& asked, const std::vector<const detect::LabelSet*>& sets, std::ostream& out,
                std::ostream& err)
{
    int result = 0;
    for (const auto* set : sets) {
        const auto file = asked.held_out / set->corpus / "test.jsonl.gz";
        const auto shelved = shelved_in(asked.models, *set);
        if (!fs::exists(file) || !shelved) {
            err << "handrail evaluate: NOT EVALUATED: " << set->name << ": "
                << (shelved ? "there is no " + file.string() : shelved.error().told) << "\n";
            result = 1;
            continue;
        }
        auto corpus = detect::read_corpus(*set, {file}, shelved->model.labels);
        if (!corpus) {
            err << "handrail evaluate: " << corpus.error().told << "\n";
            result = 1;
            continue;
        }
        detect::CrossValidated said;
        for (const auto& row : corpus->rows) {
            auto each = shelved->model.detect(row.text, shelved->encoder);
            said.probabilities.insert(said.probabilities.end(), each.probabilities.begin(), each.probabilities.end());
            said.answers.push_back(std::move(each.answer));
            said.abstained.push_back(each.abstain ? 1 : 0);
        }
        auto evaluation = detect::evaluate(*set, *corpus, said);
        evaluation.held_out = true;
        out << detect::card(evaluation, {}, {}) << "\n" << std::flush;
    }
    return result;
}

void write_card(const detect::Shelved& shelved, const detect::Evaluation& evaluation,
                const std::optional<detect::Rival>& rival, std::ostream& err)
{
    const detect::FileFacts facts{shelved.bytes, shelved.model.checksum, shelved.encoder_bytes,
                                  "encoder-" + shelved.encoder.name + "/encoder.bin"};
    std::ofstream card(shelved.file.parent_path() / "card.md");
    card << detect::card(evaluation, facts, rival);
    std::ofstream json(shelved.file.parent_path() / "evaluation.json");
    json << detect::evaluation_json(evaluation, rival);
    if (!card.flush() || !json.flush())
        err << "handrail evaluate: the card could not be written beside " << shelved.file.string() << "\n";
}

} // namespace

int evaluate(const EvaluateAsked& asked, std::ostream& out, std::ostream& err)
{
    std::vector<const detect::LabelSet*> sets;
    for (const auto& set : detect::label_sets())
        if (asked.sets.empty() || std::find(asked.sets.begin(), asked.sets.end(), set.name) != asked.sets.end())
            sets.push_back(&set);
    if (!asked.held_out.empty())
        return on_held_out(asked, sets, out, err);
    if (asked.table) {
        const auto table = detect::summary(asked.models);
        if (!table) {
            err << "handrail evaluate: " << table.error().told << "\n";
            return 2;
        }
        out << *table;
        return 0;
    }
    if (asked.from.empty()) {
        err << "handrail evaluate: say where the corpora are (--from), or --held-out FOLDER, or --table.\n";
        return 2;
    }

    // A set is learnt beside all that teach it, also when only one was asked for: the figures are those of `train
    // --all`.
    const bool research = std::any_of(sets.begin(), sets.end(),
                                      [](const auto* set) { return set->licence == detect::Licence::Research; });
    // What was written for a set teaches no other, and no other teaches it.
    const bool only_authored =
        std::all_of(sets.begin(), sets.end(), [](const auto* set) { return detect::authored(*set); });
    std::vector<const detect::LabelSet*> all;
    for (const auto& set : detect::label_sets()) {
        const bool wanted = std::find(sets.begin(), sets.end(), &set) != sets.end();
        if (!wanted && (only_authored || detect::authored(set) || (set.licence == detect::Licence::Research && !research)))
            continue;
        if (wanted || fs::exists(asked.from / set.corpus / "train.jsonl.gz"))
            all.push_back(&set);
        else
            err << "handrail evaluate: NOT USED: " << set.corpus << " is not in " << asked.from.string()
                << "; sets that learn from it may be told worse than by train --all.\n";
    }
    auto materials = detect::gather(all, asked.from, asked.written);
    if (!materials) {
        err << "handrail evaluate: " << materials.error().told << "\n";
        return 2;
    }
    const bool compare = asked.fasttext && fasttext_is_there();
    if (asked.fasttext && !compare)
        err << "handrail evaluate: NOT COMPARED with fastText: the command fasttext is not installed.\n";
    const auto threads = asked.threads > 0 ? asked.threads : std::max(1U, std::thread::hardware_concurrency());
    detect::learn(*materials, false, threads, [&](const std::string& line) { err << "learnt " << line << std::endl; });
    int result = 0;
    for (const auto& material : *materials) {
        if (std::find(sets.begin(), sets.end(), material.set) == sets.end())
            continue;
        const auto evaluation = detect::evaluate(*material.set, material.corpus, detect::cross_validate(material));
        auto rival = compare ? fasttext_on(material) : std::nullopt;
        if (compare && !rival) {
            err << "handrail evaluate: fastText failed on " << material.set->name << "\n";
            result = 1;
        }
        const auto shelved = shelved_in(asked.models, *material.set);
        if (shelved && rival)
            rival->own_micros_a_text = micros_a_text(*shelved, material.corpus);
        out << detect::card(evaluation, {}, rival) << "\n" << std::flush;
        if (shelved)
            write_card(*shelved, evaluation, rival, err);
        else
            err << "handrail evaluate: no card written: " << shelved.error().told << "\n";
    }
    return result;
}

} // namespace handrail::app
