#include "detect/trainer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

#include "detect/folds.h"
#include "detect/messages.h"
#include "detect/replies.h"
#include "detect/model_file.h"
#include "detect/plan.h"

namespace handrail::detect {

namespace {

constexpr unsigned everything = fold_count; ///< the fold that leaves nothing out
constexpr std::size_t shared_ways = 2;      ///< those of what sets share: by the words, and by the network

std::vector<std::uint32_t> rows_without(const Material& material, unsigned fold)
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t row = 0; row < material.folds.size(); ++row)
        if (material.folds[row] != fold)
            out.push_back(row);
    return out;
}

std::vector<std::uint32_t> rows_of(const Material& material, unsigned fold)
{
    std::vector<std::uint32_t> out;
    for (std::uint32_t row = 0; row < material.folds.size(); ++row)
        if (material.folds[row] == fold)
            out.push_back(row);
    return out;
}

std::vector<std::vector<std::uint16_t>> positive_of(const Corpus& corpus)
{
    std::vector<std::vector<std::uint16_t>> out;
    for (const auto& row : corpus.rows)
        out.push_back(row.labels);
    return out;
}

std::vector<Ngrams> ngrams_of(const Corpus& corpus, const NgramShape& shape)
{
    std::vector<Ngrams> out(corpus.rows.size());
    for (std::size_t row = 0; row < out.size(); ++row)
        read_ngrams(corpus.rows[row].text, shape, out[row]);
    return out;
}

/// One output for all labels that count as risk.
std::vector<std::vector<std::uint16_t>> only_risk(const std::vector<std::vector<std::uint16_t>>& positive,
                                                  const std::vector<bool>& risk)
{
    std::vector<std::vector<std::uint16_t>> out;
    for (const auto& labels : positive) {
        out.emplace_back();
        if (std::any_of(labels.begin(), labels.end(), [&](auto label) { return risk[label]; }))
            out.back().push_back(0);
    }
    return out;
}

/// One output's weights given to each label that counts as risk.
LinearWeights spread(const LinearWeights& one, const std::vector<bool>& risk)
{
    LinearWeights out{one.columns, risk.size(), std::vector<float>(one.weights.size() * risk.size(), 0)};
    for (std::size_t at = 0; at < one.weights.size(); ++at)
        for (std::size_t k = 0; k < risk.size(); ++k)
            if (risk[k])
                out.weights[at * risk.size() + k] = one.weights[at];
    return out;
}

void learn_set(Material& material, unsigned fold)
{
    const auto plan = plan_for(*material.set);
    const auto ngrams = ngrams_of(material.corpus, plan.shape);
    const auto rows = rows_without(material, fold);
    std::vector<const Ngrams*> seen;
    seen.reserve(rows.size());
    for (const auto row : rows)
        seen.push_back(&ngrams[row]);
    auto vocabulary = Vocabulary::learn(seen, plan.shape, plan.at_least, plan.most_words, plan.most_letters);
    SparseRows features;
    for (std::size_t row = 0; row < ngrams.size(); ++row) {
        const auto known = vocabulary.weigh(ngrams[row], features.cells);
        features.close_row();
        if (material.folds[row] == fold)
            material.known[row] = known;
    }
    std::vector<float> weights;
    for (const auto& row : material.corpus.rows)
        weights.push_back(row.weight);
    const auto labels = material.corpus.labels.size();
    const auto positive = positive_of(material.corpus);
    const auto risk = labels_named(material.set->positive, material.corpus.labels);
    for (std::size_t way = 0; way < plan.ways.size(); ++way) {
        auto linear =
            plan.ways[way].risk_alone
                ? spread(learn_linear(features, rows, only_risk(positive, risk), weights, vocabulary.size(), 1,
                                      plan.ways[way].plan),
                         risk)
                : learn_linear(features, rows, positive, weights, vocabulary.size(), labels, plan.ways[way].plan);
        if (fold == everything)
            material.linear.push_back(std::move(linear));
        else
            for (const auto row : rows_of(material, fold))
                linear.score(features.row(row), {material.ways[way].data() + row * labels, labels});
    }
    // Columns that weigh nothing stay in the vocabulary: the length of a text is over all of them.
    if (fold == everything)
        material.model.vocabulary = std::move(vocabulary);
}

struct Shared {
    std::string name;               ///< of the encoder
    std::vector<Material*> taught;  ///< the sets it is learnt from
    std::vector<Material*> serving; ///< the sets it is learnt for
    Encoder encoder{"", "", Vocabulary({}, {}, {}), {}, {}};
};

/// One set's linear model over what its texts are by their words.
void learn_pooled(Material& material, const WordVectors& words, const std::vector<Ngrams>& ngrams,
                  const LinearPlan& plan, unsigned fold)
{
    const auto size = words.pooled_size();
    const auto labels = material.corpus.labels.size();
    if (size == 0) { // this way says nothing
        material.model.pooled.assign(labels, 0);
        return;
    }
    const auto rows = rows_without(material, fold);
    SparseRows features;
    std::vector<float> text(size);
    std::vector<double> sums(size, 0);
    for (const auto& each : ngrams) {
        words.pool(each.singles, text);
        for (std::uint32_t d = 0; d < size; ++d)
            features.cells.push_back({d, text[d]});
        features.close_row();
    }
    for (const auto row : rows)
        for (const auto& cell : features.row(row))
            sums[cell.column] += static_cast<double>(cell.value);
    std::vector<float> middle;
    middle.reserve(size);
    for (const auto sum : sums)
        middle.push_back(static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(rows.size(), 1))));
    constexpr float larger = 2; // beside the bias, which is one
    for (auto& cell : features.cells)
        cell.value = larger * (cell.value - middle[cell.column]);
    std::vector<float> weights;
    for (const auto& row : material.corpus.rows)
        weights.push_back(row.weight);
    auto learnt = learn_linear(features, rows, positive_of(material.corpus), weights, size, labels, plan);
    if (fold != everything) {
        auto& scores = *(material.ways.end() - 2);
        for (const auto row : rows_of(material, fold))
            learnt.score(features.row(row), {scores.data() + row * labels, labels});
        return;
    }
    // For texts as they are.
    for (std::size_t d = 0; d < size; ++d)
        for (std::size_t k = 0; k < labels; ++k) {
            learnt.weights[d * labels + k] *= larger;
            learnt.weights[size * labels + k] -= middle[d] * learnt.weights[d * labels + k];
        }
    material.model.pooled = std::move(learnt.weights);
}

void learn_shared(Shared& shared, unsigned fold, std::mutex& done)
{
    const auto plan = shared_plan(shared.name);
    std::vector<std::vector<Ngrams>> ngrams;
    std::vector<const Ngrams*> seen;
    for (const auto* material : shared.taught)
        ngrams.push_back(ngrams_of(material->corpus, plan.shape));
    for (std::size_t at = 0; at < shared.taught.size(); ++at)
        for (const auto row : rows_without(*shared.taught[at], fold))
            seen.push_back(&ngrams[at][row]);
    std::vector<std::span<const std::uint32_t>> texts;
    texts.reserve(seen.size());
    for (const auto* text : seen)
        texts.emplace_back(text->singles);
    auto words = learn_word_vectors(texts, plan.words_width);
    const auto serves = [&](const Material* material) {
        return std::find(shared.serving.begin(), shared.serving.end(), material) != shared.serving.end();
    };
    for (std::size_t at = 0; at < ngrams.size(); ++at)
        if (serves(shared.taught[at]))
            learn_pooled(*shared.taught[at], words, ngrams[at], plan.pooled, fold);
    auto vocabulary = Vocabulary::learn(seen, plan.shape, plan.at_least, plan.most_words, plan.most_letters);
    std::vector<SparseRows> features(ngrams.size());
    std::vector<std::vector<std::vector<std::uint16_t>>> positive;
    std::vector<Task> tasks;
    double rows = 0;
    for (std::size_t at = 0; at < ngrams.size(); ++at) {
        for (const auto& text : ngrams[at]) {
            vocabulary.weigh(text, features[at].cells);
            features[at].close_row();
        }
        positive.push_back(positive_of(shared.taught[at]->corpus));
        rows += static_cast<double>(ngrams[at].size()) / static_cast<double>(ngrams.size());
    }
    ngrams.clear();
    for (std::size_t at = 0; at < features.size(); ++at) {
        const auto& corpus = shared.taught[at]->corpus;
        Task task{corpus.questions, corpus.labels.size(),
                  &features[at],    rows_without(*shared.taught[at], fold),
                  &positive[at],    1};
        task.weight = std::pow(static_cast<float>(rows / static_cast<double>(corpus.rows.size())), plan.even);
        tasks.push_back(std::move(task));
    }
    const auto network = learn_network(tasks, vocabulary.size(), plan.network);
    const std::scoped_lock held(done);
    for (std::size_t at = 0; at < tasks.size(); ++at) {
        auto& material = *shared.taught[at];
        if (!serves(&material))
            continue;
        const auto labels = tasks[at].labels;
        if (fold == everything) {
            material.model.head = network.heads[at].weights;
            material.model.head_bias = network.heads[at].bias;
            continue;
        }
        for (const auto row : rows_of(material, fold))
            network.score(features[at].row(row), at, {material.ways.back().data() + row * labels, labels});
    }
    if (fold == everything)
        shared.encoder = {shared.name, "", std::move(vocabulary), CompactVectors::of(network), std::move(words)};
}

} // namespace

Result<std::vector<Material>> gather(const std::vector<const LabelSet*>& sets, const std::filesystem::path& from,
                                     const Written& written)
{
    std::string missing;
    for (const auto* set : sets)
        if (!authored(*set) && !std::filesystem::exists(from / set->corpus / "train.jsonl.gz"))
            missing += (missing.empty() ? "" : ", ") + std::string(set->corpus);
    if (!missing.empty())
        return not_found("These corpora are not in " + from.string() + ": " + missing +
                         ". Each is a folder with train.jsonl.gz and, where there is one, dev.jsonl.gz.");
    std::vector<Material> out;
    for (const auto* set : sets) {
        auto& material = out.emplace_back(
            Material{set, {}, {}, {}, {}, {}, {"", "", "", "", {}, Vocabulary({}, {}, {}), {}, {}, {}, {}, {}, {}}});
        if (set->name == screening_set) {
            material.corpus = TRY(read_messages(*set, written.of(*set), from));
        } else if (set->name == reply_set) {
            material.corpus = TRY(read_replies(written.of(*set), from));
        } else {
            std::vector<std::filesystem::path> files{from / set->corpus / "train.jsonl.gz"};
            if (std::filesystem::exists(from / set->corpus / "dev.jsonl.gz"))
                files.push_back(from / set->corpus / "dev.jsonl.gz");
            material.corpus = TRY(read_corpus(*set, files));
        }
        const auto rows = material.corpus.rows.size();
        const auto labels = material.corpus.labels.size();
        material.ways.assign(plan_for(*set).ways.size() + shared_ways, Scores(rows * labels, 0));
        material.known.assign(rows, 0);
        material.model.set = std::string(set->name);
        material.model.labels = material.corpus.labels;
    }
    std::vector<const Corpus*> corpora;
    corpora.reserve(out.size());
    for (const auto& material : out)
        corpora.push_back(&material.corpus);
    const auto folds = deal_folds(corpora, fold_count);
    for (std::size_t at = 0; at < out.size(); ++at)
        out[at].folds = folds[at];
    return out;
}

void side_by_side(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& job)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (auto at = next++; at < count; at = next++)
            job(at);
    };
    std::vector<std::thread> crew;
    for (unsigned each = 1; each < threads; ++each)
        crew.emplace_back(work);
    work();
    for (auto& each : crew)
        each.join();
}

std::vector<Encoder> learn(std::vector<Material>& materials, bool models, unsigned threads, const Progress& progress)
{
    std::array<Shared, 4> shared;
    shared[0].name = "open";
    shared[1].name = "research";
    shared[2].name = screening_set;
    shared[3].name = reply_set;
    for (auto& material : materials) {
        const auto name = encoder_name(*material.set);
        for (auto& each : shared)
            if (each.name == name)
                each.serving.push_back(&material);
        // What research models share is learnt from open corpora too.
        for (auto& each : shared)
            if (each.name == name || (each.name == "research" && name == "open"))
                each.taught.push_back(&material);
    }
    struct Job {
        Shared* shared = nullptr;
        Material* material = nullptr;
        unsigned fold = 0;
    };
    std::vector<Job> jobs;
    const auto folds = models ? fold_count + 1 : fold_count;
    for (const auto at : {1U, 0U, 2U, 3U}) // the longest first
        for (unsigned fold = 0; fold < folds && !shared[at].serving.empty(); ++fold)
            jobs.push_back({&shared[at], nullptr, fold});
    std::vector<Material*> by_size;
    by_size.reserve(materials.size());
    for (auto& material : materials)
        by_size.push_back(&material);
    std::stable_sort(by_size.begin(), by_size.end(), [](const Material* a, const Material* b) {
        return a->corpus.rows.size() * a->corpus.labels.size() > b->corpus.rows.size() * b->corpus.labels.size();
    });
    for (auto* material : by_size)
        for (unsigned fold = 0; fold < folds; ++fold)
            jobs.push_back({nullptr, material, fold});

    std::mutex done;
    side_by_side(jobs.size(), threads, [&](std::size_t at) {
        const auto& job = jobs[at];
        if (job.shared != nullptr)
            learn_shared(*job.shared, job.fold, done);
        else
            learn_set(*job.material, job.fold);
        const std::scoped_lock held(done);
        progress((job.shared != nullptr ? "what " + job.shared->name + " sets share"
                                        : std::string(job.material->set->name)) +
                 (job.fold == everything ? ", all rows" : ", without fold " + std::to_string(job.fold + 1)));
    });

    std::vector<Encoder> out;
    for (auto& each : shared)
        if (models && !each.serving.empty()) {
            each.encoder.checksum = checksum_in(written(each.encoder));
            out.push_back(std::move(each.encoder));
        }
    return out;
}

namespace {

std::vector<const Scores*> all_ways(const Material& material)
{
    std::vector<const Scores*> out;
    for (const auto& way : material.ways)
        out.push_back(&way);
    return out;
}

std::vector<double> probabilities_of(const Material& material, const Combination& combination)
{
    const auto labels = material.corpus.labels.size();
    std::vector<double> out(material.corpus.rows.size() * labels, 0);
    std::vector<std::span<const float>> ways(material.ways.size());
    for (std::size_t row = 0; row < material.corpus.rows.size(); ++row) {
        for (std::size_t way = 0; way < ways.size(); ++way)
            ways[way] = {material.ways[way].data() + row * labels, labels};
        combination.probabilities(ways, {out.data() + row * labels, labels});
    }
    return out;
}

/// The linear ways as one, by what each weighs in the combination; they speak of the same columns.
LinearWeights added_up(const std::vector<LinearWeights>& linear, const Combination& combination)
{
    auto out = linear.front();
    std::fill(out.weights.begin(), out.weights.end(), 0.0F);
    const auto ways = linear.size() + shared_ways;
    for (std::size_t q = 0; q < combination.questions.size(); ++q)
        for (std::size_t way = 0; way < linear.size(); ++way) {
            const auto by = combination.weights[q * ways + way];
            for (std::size_t at = 0; at < out.weights.size(); at += out.outputs)
                for (std::size_t k = combination.questions[q].begin; k < combination.questions[q].end; ++k)
                    out.weights[at + k] += by * linear[way].weights[at + k];
        }
    return out;
}

/// The share of known n-grams below which hardly any text of the corpus lies: what is farther off is another language
/// or not language.
float least_known(const Material& material, const std::vector<std::uint32_t>& rows)
{
    std::vector<float> known;
    known.reserve(rows.size());
    for (const auto row : rows)
        known.push_back(material.known[row]);
    std::sort(known.begin(), known.end());
    return known.empty() ? 0 : known[known.size() / 100] / 2;
}

} // namespace

CrossValidated cross_validate(const Material& material)
{
    const auto labels = material.corpus.labels.size();
    CrossValidated out;
    out.probabilities.assign(material.corpus.rows.size() * labels, 0);
    out.answers.resize(material.corpus.rows.size());
    out.abstained.assign(material.corpus.rows.size(), 0);
    const auto positive = positive_of(material.corpus);
    for (unsigned fold = 0; fold < fold_count; ++fold) {
        const auto others = rows_without(material, fold);
        const auto combination =
            Combination::fit(material.corpus.questions, all_ways(material), others, positive, labels);
        const auto probabilities = probabilities_of(material, combination);
        auto decision = Decision::choose(*material.set, material.corpus, probabilities, others);
        decision.least_known = least_known(material, others);
        for (const auto row : rows_of(material, fold)) {
            const std::span<const double> of(probabilities.data() + row * labels, labels);
            std::copy(of.begin(), of.end(), out.probabilities.begin() + static_cast<std::ptrdiff_t>(row * labels));
            out.answers[row] = decision.decide(of);
            out.abstained[row] = out.answers[row].certain < static_cast<double>(decision.least_certain) ||
                                 material.known[row] < decision.least_known;
        }
    }
    return out;
}

Model finished(const Material& material, const Encoder& encoder)
{
    auto model = material.model;
    model.encoder_name = encoder.name;
    model.encoder_checksum = encoder.checksum;
    std::vector<std::uint32_t> all(material.corpus.rows.size());
    std::iota(all.begin(), all.end(), 0U);
    const auto combination = Combination::fit(material.corpus.questions, all_ways(material), all,
                                              positive_of(material.corpus), material.corpus.labels.size());
    model.decision = Decision::choose(*material.set, material.corpus, probabilities_of(material, combination), all);
    model.decision.least_known = least_known(material, all);
    model.linear = CompactLinear::of(added_up(material.linear, combination), plan_for(*material.set).most_weights);
    model.combination = {combination.questions, {}, combination.offsets};
    for (std::size_t q = 0; q < combination.questions.size(); ++q) {
        model.combination.weights.push_back(1);
        for (auto way = material.linear.size(); way < material.ways.size(); ++way)
            model.combination.weights.push_back(combination.weights[q * material.ways.size() + way]);
    }
    return model;
}

} // namespace handrail::detect
