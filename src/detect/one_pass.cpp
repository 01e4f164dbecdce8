#include "detect/one_pass.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/room.h"

// Eight numbers at once where the processor can; no sum is written otherwise, so the answers are the same everywhere.
// Sanitizers do not start where a function is chosen before them.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define HANDRAIL_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define HANDRAIL_WIDE
#endif

namespace handrail::detect {

namespace {

constexpr std::size_t outputs = 16; ///< room for labels
constexpr std::size_t width = 32;   ///< room for the network's numbers
constexpr std::size_t lanes = outputs + width;
constexpr std::size_t at_once = 32;   ///< words
constexpr std::size_t most_words = 5; ///< in a run

template <std::size_t size, class From> void add_up(const From* from, float by, float* to)
{
    for (std::size_t at = 0; at < size; ++at)
        to[at] += by * static_cast<float>(from[at]);
}

/// Nobody's words stay behind between messages.
void forget(Tokens& tokens)
{
    tokens.text.assign(tokens.text.size(), U' ');
    constexpr std::size_t most_kept = 16'384; // characters: room that a thread keeps between texts
    keep_room(tokens.text, most_kept);
    keep_room(tokens.spans, most_kept);
    keep_room(tokens.hashes, most_kept);
}

} // namespace

struct alignas(64) OnePass::Row { // one line of the processor's cache
    float rarity = 0;
    float network_scale = 0; ///< rarity included
    std::array<std::int8_t, outputs> linear{};
    std::array<std::int8_t, width> network{};
};

struct OnePass::Sum {
    std::array<float, lanes> lane{};
    float squares = 0;
    std::uint32_t all = 0;   ///< n-grams
    std::uint32_t known = 0; ///< of them

    void add(const Row& row)
    {
        add_up<outputs>(row.linear.data(), row.rarity, lane.data());
        add_up<width>(row.network.data(), row.network_scale, lane.data() + outputs);
        squares += row.rarity * row.rarity;
        ++known;
    }
};

struct OnePass::Letters {
    std::uint64_t word = 0; ///< the token's number: two words may share a column
    Sum sum;
};

void OnePass::Table::fill(const std::vector<Vocabulary::Entry>& entries, std::uint32_t first_column)
{
    slots.assign(std::bit_ceil(entries.size() * 2 + 2), {});
    mask = static_cast<std::uint32_t>(slots.size() - 1);
    for (std::uint32_t at = 0; at < entries.size(); ++at) {
        auto slot = entries[at].hash & mask;
        while (slots[slot].column != 0)
            slot = (slot + 1) & mask;
        slots[slot] = {entries[at].hash, first_column + at + 1};
    }
}

std::uint32_t OnePass::Table::find(std::uint32_t hash) const
{
    const auto* all = slots.data();
    for (auto slot = hash & mask;; slot = (slot + 1) & mask)
        if (all[slot].column == 0 || all[slot].hash == hash)
            return all[slot].column;
}

Result<OnePass> OnePass::of(const Model& model, const Encoder& encoder)
{
    const auto same = [](const std::vector<Vocabulary::Entry>& a, const std::vector<Vocabulary::Entry>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
            return one.hash == other.hash && one.rarity == other.rarity;
        });
    };
    const auto& vocabulary = model.vocabulary;
    OnePass out;
    out.labels_ = model.labels.size();
    out.width_ = encoder.vectors.width;
    if (!vocabulary.shape().counted || vocabulary.shape() != encoder.vocabulary.shape() ||
        !same(vocabulary.words(), encoder.vocabulary.words()) ||
        !same(vocabulary.letters(), encoder.vocabulary.letters()) || encoder.words.width != 0 ||
        model.head.size() != out.labels_ * out.width_ || model.pooled.size() != out.labels_ || out.labels_ > outputs ||
        out.width_ > width || vocabulary.shape().words > most_words)
        return invalid("The model " + model.set +
                       " and its encoder were not made to be read in one pass. Make them "
                       "anew with handrail train.");
    out.shape_ = vocabulary.shape();
    out.words_.fill(vocabulary.words(), 0);
    out.letters_.fill(vocabulary.letters(), static_cast<std::uint32_t>(vocabulary.words().size()));
    out.rows_.resize(vocabulary.size());
    std::size_t column = 0;
    for (const auto* part : {&vocabulary.words(), &vocabulary.letters()})
        for (const auto& entry : *part) {
            auto& row = out.rows_[column];
            row.rarity = entry.rarity;
            row.network_scale = encoder.vectors.scales[column] * entry.rarity;
            for (auto at = model.linear.starts[column]; at < model.linear.starts[column + 1]; ++at)
                row.linear.at(model.linear.output_of[at]) = model.linear.steps[at];
            std::copy_n(encoder.vectors.steps.data() + column * out.width_, out.width_, row.network.data());
            ++column;
        }
    out.linear_scales_ = model.linear.scales;
    out.linear_bias_ = model.linear.bias;
    out.network_bias_ = encoder.vectors.bias;
    out.network_bias_.resize(width, 0);
    out.pooled_bias_ = model.pooled;
    out.head_.assign(out.labels_ * width, 0);
    for (std::size_t k = 0; k < out.labels_; ++k)
        std::copy_n(model.head.data() + k * out.width_, out.width_, out.head_.data() + k * width);
    out.head_bias_ = model.head_bias;
    out.combination_ = model.combination;
    out.decision_ = model.decision;
    out.known_words_size_ = vocabulary.words().size();
    out.known_words_ = std::make_unique<std::atomic<const Letters*>[]>(out.known_words_size_);
    return out;
}

OnePass::OnePass(OnePass&&) noexcept = default;
OnePass& OnePass::operator=(OnePass&&) noexcept = default;
OnePass::~OnePass()
{
    if (known_words_)
        for (std::size_t at = 0; at < known_words_size_; ++at)
            delete known_words_[at].load();
}

void OnePass::add_letters(const Tokens& tokens, std::size_t token, Letters& out) const
{
    thread_local std::vector<std::uint32_t> hashes;
    hashes.clear();
    read_letters(tokens, token, shape_, hashes);
    out.word = tokens.hashes[token];
    out.sum = {};
    out.sum.all = static_cast<std::uint32_t>(hashes.size());
    for (const auto hash : hashes)
        letters_.ask_for(hash);
    for (const auto hash : hashes)
        if (const auto found = letters_.find(hash); found != 0)
            out.sum.add(rows_.data()[found - 1]);
}

/// @param alone  the column of the word by itself plus one; 0: the model does not know it
const OnePass::Letters& OnePass::letters(const Tokens& tokens, std::size_t token, std::uint32_t alone,
                                         Letters& room) const
{
    if (alone == 0) {
        add_letters(tokens, token, room);
        return room;
    }
    auto& place = known_words_[alone - 1];
    const auto* known = place.load(std::memory_order_acquire);
    if (known == nullptr) {
        auto made = std::make_unique<Letters>();
        add_letters(tokens, token, *made);
        if (place.compare_exchange_strong(known, made.get(), std::memory_order_acq_rel))
            known = made.release();
    }
    if (known->word == tokens.hashes[token])
        return *known;
    add_letters(tokens, token, room);
    return room;
}

/// A text as it was read.
struct OnePass::Reading {
    Sum words;
    Sum letters;
    std::array<float, lanes> text{}; ///< both, brought to length
    std::array<float, lanes> from_linear{};
    std::array<float, lanes> from_network{};
    /// What the parts were brought to length by.
    float words_by = 0;
    float letters_by = 0;
};

HANDRAIL_WIDE void OnePass::read(const Tokens& tokens, Reading& reading) const
{
    thread_local Letters room;
    auto& [words, letters_sum, text, from_linear, from_network, words_by, letters_by] = reading;
    const auto count = tokens.hashes.size();
    // What lies far away in memory is asked for some words ahead.
    std::array<std::uint32_t, at_once * most_words> found{};
    for (std::size_t from = 0; from < count; from += at_once) {
        const auto until = std::min(count, from + at_once);
        std::size_t runs = 0;
        for (auto first = from; first < until; ++first) {
            WordRun run;
            for (std::size_t n = 0; n < shape_.words && first + n < count; ++n) {
                found[runs] = run.add(tokens.hashes[first + n]);
                words_.ask_for(found[runs++]);
            }
        }
        for (std::size_t at = 0; at < runs; ++at) {
            found[at] = words_.find(found[at]);
            if (found[at] != 0)
                __builtin_prefetch(rows_.data() + found[at] - 1);
        }
        words.all += static_cast<std::uint32_t>(runs);
        runs = 0;
        for (auto first = from; first < until; ++first) {
            const auto& of_word = letters(tokens, first, found[runs], room);
            add_up<lanes>(of_word.sum.lane.data(), 1, letters_sum.lane.data());
            letters_sum.squares += of_word.sum.squares;
            letters_sum.known += of_word.sum.known;
            letters_sum.all += of_word.sum.all;
            for (std::size_t n = 0; n < shape_.words && first + n < count; ++n)
                if (const auto column = found[runs++]; column != 0)
                    words.add(rows_.data()[column - 1]);
        }
    }
    const auto parts = static_cast<float>((words.known > 0 ? 1 : 0) + (letters_sum.known > 0 ? 1 : 0));
    words_by = words.squares > 0 ? 1 / std::sqrt(words.squares * parts) : 0;
    letters_by = letters_sum.squares > 0 ? 1 / std::sqrt(letters_sum.squares * parts) : 0;
    add_up<lanes>(words.lane.data(), words_by, text.data());
    add_up<lanes>(letters_sum.lane.data(), letters_by, text.data());
    auto* inner = text.data() + outputs;
    const auto* bias = network_bias_.data();
    for (std::size_t d = 0; d < width; ++d)
        inner[d] = std::max(inner[d] + bias[d], 0.0F);
    for (std::size_t k = 0; k < labels_; ++k) {
        from_linear[k] = text[k] * linear_scales_[k] + linear_bias_[k];
        float sum = head_bias_[k];
        const auto* head = head_.data() + k * width;
        for (std::size_t d = 0; d < width; ++d)
            sum += head[d] * inner[d];
        from_network[k] = sum;
    }
}

Detection OnePass::detect(std::string_view utf8) const
{
    thread_local Tokens tokens;
    read_tokens(utf8, shape_.blind, tokens);
    Reading reading;
    read(tokens, reading);
    forget(tokens);
    const auto all = reading.words.all + reading.letters.all;
    const auto known =
        all == 0 ? 0 : static_cast<double>(reading.words.known + reading.letters.known) / static_cast<double>(all);
    const std::array<std::span<const float>, 3> ways{std::span<const float>(reading.from_linear.data(), labels_),
                                                     pooled_bias_,
                                                     std::span<const float>(reading.from_network.data(), labels_)};
    return concluded(ways, combination_, decision_, known);
}

std::vector<OnePass::Weighed> OnePass::weigh(std::string_view utf8, std::size_t label, std::size_t against) const
{
    Tokens tokens;
    std::vector<std::uint32_t> origin;
    read_tokens(utf8, shape_.blind, tokens, &origin);
    Reading reading;
    read(tokens, reading);
    // How the difference of the two labels grows with each lane; both are answers of the first question.
    std::array<float, lanes> slope{};
    const auto by_linear = combination_.weights.front();
    const auto by_network = combination_.weights[2];
    slope[label] += by_linear * linear_scales_[label];
    slope[against] -= by_linear * linear_scales_[against];
    for (std::size_t d = 0; d < width_; ++d)
        if (reading.text[outputs + d] > 0)
            slope[outputs + d] = by_network * (head_[label * width + d] - head_[against * width + d]);
    const auto along = [&](const Sum& sum) {
        float out = 0;
        for (std::size_t at = 0; at < lanes; ++at)
            out += slope[at] * sum.lane[at];
        return out;
    };
    const auto count = tokens.hashes.size();
    std::vector<Weighed> out;
    out.reserve(count);
    for (const auto& span : tokens.spans)
        out.push_back({origin[span.begin], origin[span.end - 1] + std::size_t{1}, 0, span.word});
    Letters room;
    for (std::size_t first = 0; first < count; ++first) {
        WordRun run;
        std::uint32_t alone = 0;
        for (std::size_t n = 0; n < shape_.words && first + n < count; ++n) {
            const auto found = words_.find(run.add(tokens.hashes[first + n]));
            if (n == 0)
                alone = found;
            if (found == 0)
                continue;
            Sum one;
            one.add(rows_[found - 1]);
            const auto share = along(one) * reading.words_by / static_cast<float>(n + 1);
            for (std::size_t each = 0; each <= n; ++each)
                out[first + each].weight += share;
        }
        out[first].weight += along(letters(tokens, first, alone, room).sum) * reading.letters_by;
    }
    forget(tokens);
    return out;
}

} // namespace handrail::detect
