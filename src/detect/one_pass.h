#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/model.h"

namespace handrail::detect {

/// A model and its encoder laid out for speed: both look at the same n-grams, and beside each n-gram stands, as bytes,
/// all that it adds to the linear model and to the network. What the letters of a word that the model knows add up to
/// is kept once it was asked for. Says the same as Model::detect, but for rounding.
///
/// Const and shared by all threads.
class OnePass {
public:
    /// Invalid unless both know the same n-grams, which are counted (NgramShape).
    static Result<OnePass> of(const Model& model, const Encoder& encoder);

    OnePass(OnePass&&) noexcept;
    OnePass& operator=(OnePass&&) noexcept;
    ~OnePass();

    /// In time linear in the text.
    Detection detect(std::string_view utf8) const;

    /// A word or sign of a text, and how far it sets one label above another.
    struct Weighed {
        std::size_t begin; ///< code points of the text, half open
        std::size_t end;
        float weight;
        bool word; ///< not a sign
    };
    /// What each word adds: its own n-grams, and its share of the runs that it stands in. Of the network to first
    /// order. In time linear in the text.
    std::vector<Weighed> weigh(std::string_view utf8, std::size_t label, std::size_t against) const;

private:
    /// What n-grams add up to, and how long that is.
    struct Sum;
    struct Reading;
    /// What one n-gram adds.
    struct Row;
    /// The letters of one word.
    struct Letters;
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t column = 0; ///< plus one; 0 for none
    };
    struct Table {
        std::vector<Slot> slots;
        std::uint32_t mask = 0;
        void fill(const std::vector<Vocabulary::Entry>& entries, std::uint32_t first_column);
        std::uint32_t find(std::uint32_t hash) const; ///< plus one
        void ask_for(std::uint32_t hash) const { __builtin_prefetch(slots.data() + (hash & mask)); }
    };

    OnePass() = default;
    void read(const Tokens& tokens, Reading& reading) const;
    const Letters& letters(const Tokens& tokens, std::size_t token, std::uint32_t alone, Letters& room) const;
    void add_letters(const Tokens& tokens, std::size_t token, Letters& out) const;

    NgramShape shape_;
    Table words_;
    Table letters_;
    std::size_t labels_ = 0;
    std::size_t width_ = 0; ///< of the network
    std::vector<Row> rows_; ///< of each column
    std::vector<float> linear_scales_;
    std::vector<float> linear_bias_;
    std::vector<float> network_bias_;
    std::vector<float> pooled_bias_;
    std::vector<float> head_; ///< labels × the width of a row
    std::vector<float> head_bias_;
    Combination combination_;
    Decision decision_;
    /// By the column of the word by itself.
    std::unique_ptr<std::atomic<const Letters*>[]> known_words_;
    std::size_t known_words_size_ = 0;
};

} // namespace handrail::detect
