#include "detect/model_file.h"

#include <algorithm>
#include <cmath>

#include "base/crypto.h"
#include "base/text.h"
#include "detect/bytes.h"

namespace handrail::detect {

namespace {

constexpr std::string_view magic = "HANDRAIL";
constexpr std::uint8_t model_kind = 1;
constexpr std::uint8_t encoder_kind = 2;
constexpr std::uint32_t form = 1;
constexpr std::uint8_t counted_bit = 0x80; ///< in the number of words of a shape
constexpr std::uint8_t blind_bit = 0x40;
constexpr std::size_t ways = 3; ///< that a combination weighs
constexpr std::size_t checksum_size = 32;
constexpr std::size_t most_columns = 4'000'000;
constexpr std::size_t most_weights = 64'000'000;
constexpr std::size_t most_labels = 1000;
constexpr std::size_t most_width = 1024;

std::string checksum(std::string_view bytes)
{
    return KeyedHash(SecretKey{}).add(bytes).finish();
}

void write_ascending(ByteWriter& out, const std::vector<std::uint32_t>& hashes)
{
    out.small(hashes.size());
    std::uint32_t before = 0;
    for (const auto hash : hashes) {
        out.small(hash - before);
        before = hash;
    }
}

std::vector<std::uint32_t> read_ascending(ByteReader& in)
{
    const auto count = in.small(most_columns);
    std::vector<std::uint32_t> out;
    std::uint64_t hash = 0;
    for (std::uint64_t at = 0; at < count && in.good(); ++at) {
        const auto step = in.small(UINT32_MAX);
        hash += step;
        if (hash > UINT32_MAX || (at > 0 && step == 0))
            in.fail();
        out.push_back(static_cast<std::uint32_t>(hash));
    }
    return out;
}

void write_entries(ByteWriter& out, const std::vector<Vocabulary::Entry>& entries)
{
    std::vector<std::uint32_t> hashes;
    hashes.reserve(entries.size());
    for (const auto& entry : entries)
        hashes.push_back(entry.hash);
    write_ascending(out, hashes);
    for (const auto& entry : entries)
        out.number(Vocabulary::rarity_step(entry.rarity));
}

std::vector<Vocabulary::Entry> read_entries(ByteReader& in)
{
    std::vector<Vocabulary::Entry> out;
    for (const auto hash : read_ascending(in))
        out.push_back({hash, 0});
    for (auto& entry : out) {
        const auto step = in.number<std::uint8_t>();
        if (step == 0) // never written
            in.fail();
        entry.rarity = Vocabulary::rarity_of(step);
    }
    return out;
}

void write_vocabulary(ByteWriter& out, const Vocabulary& vocabulary)
{
    const auto& shape = vocabulary.shape();
    out.number(
        static_cast<std::uint8_t>(shape.words | (shape.counted ? counted_bit : 0U) | (shape.blind ? blind_bit : 0U)));
    out.number(shape.letters_from);
    out.number(shape.letters_to);
    write_entries(out, vocabulary.words());
    write_entries(out, vocabulary.letters());
}

Vocabulary read_vocabulary(ByteReader& in)
{
    NgramShape shape;
    const auto words_and_bits = in.number<std::uint8_t>();
    shape.words = words_and_bits & static_cast<std::uint8_t>(~(counted_bit | blind_bit));
    shape.counted = (words_and_bits & counted_bit) != 0;
    shape.blind = (words_and_bits & blind_bit) != 0;
    shape.letters_from = in.number<std::uint8_t>();
    shape.letters_to = in.number<std::uint8_t>();
    if (shape.words > 5 || shape.letters_to > 8 || shape.letters_from > 8)
        in.fail();
    auto words = read_entries(in);
    auto letters = read_entries(in);
    return {shape, std::move(words), std::move(letters)};
}

void write_short(ByteWriter& out, const std::vector<float>& all)
{
    for (const auto each : all)
        out.number(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(each) >> 16U));
}

std::vector<float> read_short(ByteReader& in, std::size_t count)
{
    std::vector<float> out;
    for (std::size_t at = 0; at < count && in.good(); ++at)
        out.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(in.number<std::uint16_t>()) << 16U));
    return out;
}

void write_words(ByteWriter& out, const WordVectors& words)
{
    out.small(words.width);
    write_ascending(out, words.hashes);
    write_short(out, words.scales);
    write_short(out, words.rarities);
    out.numbers(words.steps);
}

WordVectors read_words(ByteReader& in)
{
    WordVectors out;
    out.width = in.small(most_width);
    out.hashes = read_ascending(in);
    out.scales = read_short(in, out.hashes.size());
    out.rarities = read_short(in, out.hashes.size());
    out.steps = in.numbers<std::int8_t>(most_columns * most_width);
    if (out.steps.size() != out.hashes.size() * out.width)
        in.fail();
    return out;
}

bool finite(const std::vector<float>& all)
{
    return std::all_of(all.begin(), all.end(), [](float each) { return std::isfinite(each); });
}

void write_questions(ByteWriter& out, const std::vector<Question>& questions)
{
    out.small(questions.size());
    for (const auto& question : questions)
        out.small(question.end - question.begin);
}

/// Questions follow each other and cover all labels.
std::vector<Question> read_questions(ByteReader& in, std::size_t labels)
{
    std::vector<Question> out;
    const auto count = in.small(most_labels);
    std::size_t at = 0;
    for (std::uint64_t each = 0; each < count && in.good(); ++each) {
        const auto size = in.small(most_labels);
        if (size == 0 || at + size > labels)
            in.fail();
        out.push_back({static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(at + size)});
        at += size;
    }
    if (at != labels)
        in.fail();
    return out;
}

void write_linear(ByteWriter& out, const CompactLinear& linear)
{
    out.small(linear.columns);
    out.numbers(linear.bias);
    out.numbers(linear.scales);
    for (std::size_t column = 0; column < linear.columns; ++column)
        out.small(linear.starts[column + 1] - linear.starts[column]);
    // Few labels fit into a byte; the second bytes compress to nothing but are left out all the same.
    out.number(static_cast<std::uint8_t>(linear.outputs > 256 ? 2 : 1));
    for (const auto output : linear.output_of)
        if (linear.outputs > 256)
            out.number(output);
        else
            out.number(static_cast<std::uint8_t>(output));
    for (const auto step : linear.steps)
        out.number(step);
}

CompactLinear read_linear(ByteReader& in, std::size_t columns, std::size_t labels)
{
    CompactLinear out;
    out.columns = static_cast<std::uint32_t>(in.small(most_columns));
    out.bias = in.numbers<float>(most_labels);
    out.scales = in.numbers<float>(most_labels);
    if (out.columns != columns || out.bias.size() != labels || out.scales.size() != labels || !finite(out.bias) ||
        !finite(out.scales))
        in.fail();
    out.outputs = static_cast<std::uint32_t>(labels);
    out.starts.push_back(0);
    std::size_t total = 0;
    for (std::size_t column = 0; column < columns && in.good(); ++column) {
        total += in.small(labels);
        if (total > most_weights)
            in.fail();
        out.starts.push_back(static_cast<std::uint32_t>(total));
    }
    const std::size_t bytes = in.number<std::uint8_t>();
    if (bytes != (labels > 256 ? 2U : 1U))
        in.fail();
    for (std::size_t at = 0; at < total && in.good(); ++at) {
        const std::uint32_t output = bytes == 2 ? in.number<std::uint16_t>() : in.number<std::uint8_t>();
        if (output >= labels)
            in.fail();
        out.output_of.push_back(static_cast<std::uint16_t>(output));
    }
    for (std::size_t at = 0; at < total && in.good(); ++at)
        out.steps.push_back(in.number<std::int8_t>());
    return out;
}

ByteWriter begun(std::uint8_t kind)
{
    ByteWriter out;
    for (const char each : magic)
        out.number(each);
    out.number(kind);
    out.number(form);
    return out;
}

Result<ByteReader> opened(std::string_view bytes, std::uint8_t kind)
{
    const auto refused = [](const char* why) {
        return invalid(std::string("This is not a model file that can be used: ") + why);
    };
    if (bytes.size() < magic.size() + 5 + checksum_size || !bytes.starts_with(magic))
        return refused("it does not begin like one.");
    const auto body = bytes.substr(0, bytes.size() - checksum_size);
    if (checksum(body) != bytes.substr(body.size()))
        return refused("its checksum is wrong; it was cut short or damaged.");
    ByteReader in(body.substr(magic.size()));
    if (in.number<std::uint8_t>() != kind)
        return refused("it holds something else.");
    if (in.number<std::uint32_t>() != form)
        return refused("another version of Handrail wrote it. Make it anew with handrail train.");
    return in;
}

Error damaged()
{
    return invalid("This is not a model file that can be used: what is in it does not fit together.");
}

} // namespace

std::string sealed_with_checksum(std::string body)
{
    body += checksum(body);
    return body;
}

std::string checksum_in(std::string_view bytes)
{
    return bytes.size() < checksum_size ? "" : to_hex(bytes.substr(bytes.size() - checksum_size));
}

std::string written(const Encoder& encoder)
{
    auto out = begun(encoder_kind);
    out.text(encoder.name);
    write_vocabulary(out, encoder.vocabulary);
    const auto& vectors = encoder.vectors;
    out.small(vectors.width);
    out.numbers(vectors.bias);
    write_short(out, vectors.scales);
    out.numbers(vectors.steps);
    write_words(out, encoder.words);
    return sealed_with_checksum(out.take());
}

Result<Encoder> read_encoder(std::string_view bytes)
{
    auto in = TRY(opened(bytes, encoder_kind));
    auto name = in.text(100);
    auto vocabulary = read_vocabulary(in);
    CompactVectors vectors;
    vectors.columns = static_cast<std::uint32_t>(vocabulary.size());
    vectors.width = static_cast<std::uint32_t>(in.small(most_width));
    vectors.bias = in.numbers<float>(most_width);
    vectors.scales = read_short(in, vocabulary.size());
    vectors.steps = in.numbers<std::int8_t>(most_columns * most_width);
    auto words = read_words(in);
    if (!in.good() || !in.at_end() || vectors.bias.size() != vectors.width || !finite(vectors.bias) ||
        !finite(vectors.scales) || !finite(words.scales) || !finite(words.rarities) ||
        vectors.steps.size() != vocabulary.size() * vectors.width)
        return damaged();
    return Encoder{std::move(name), checksum_in(bytes), std::move(vocabulary), std::move(vectors), std::move(words)};
}

std::string written(const Model& model)
{
    auto out = begun(model_kind);
    out.text(model.set);
    out.text(model.encoder_name);
    out.text(model.encoder_checksum);
    out.small(model.labels.size());
    for (const auto& label : model.labels)
        out.text(label);
    write_questions(out, model.combination.questions);
    write_vocabulary(out, model.vocabulary);
    write_linear(out, model.linear);
    out.numbers(model.pooled);
    out.numbers(model.head);
    out.numbers(model.head_bias);
    out.numbers(model.combination.weights);
    out.numbers(model.combination.offsets);
    out.numbers(model.decision.cuts);
    out.number(static_cast<std::uint8_t>(model.decision.at_least_one ? 1 : 0));
    out.number(model.decision.least_certain);
    out.number(model.decision.least_known);
    return sealed_with_checksum(out.take());
}

Result<Model> read_model(std::string_view bytes)
{
    auto in = TRY(opened(bytes, model_kind));
    auto set = in.text(100);
    auto encoder_name = in.text(100);
    auto encoder_checksum = in.text(100);
    const auto count = in.small(most_labels);
    std::vector<std::string> labels;
    for (std::uint64_t at = 0; at < count && in.good(); ++at)
        labels.push_back(in.text(200));
    const auto questions = read_questions(in, labels.size());
    auto vocabulary = read_vocabulary(in);
    auto linear = read_linear(in, vocabulary.size(), labels.size());
    auto pooled = in.numbers<float>(most_labels * (3 * most_width + 1));
    auto head = in.numbers<float>(most_labels * most_width);
    auto head_bias = in.numbers<float>(most_labels);
    Combination combination{questions, in.numbers<float>(most_labels * 8), in.numbers<float>(most_labels)};
    Decision decision;
    decision.questions = questions;
    decision.cuts = in.numbers<float>(most_labels);
    decision.at_least_one = in.number<std::uint8_t>() != 0;
    decision.least_certain = in.number<float>();
    decision.least_known = in.number<float>();
    if (!in.good() || !in.at_end() || labels.size() < 2 || head_bias.size() != labels.size() ||
        head.size() % labels.size() != 0 || pooled.size() < labels.size() || pooled.size() % labels.size() != 0 ||
        !finite(pooled) || combination.weights.size() != questions.size() * ways ||
        combination.offsets.size() != labels.size() || decision.cuts.size() != labels.size() || !finite(head) ||
        !finite(head_bias) || !finite(combination.weights) || !finite(combination.offsets) || !finite(decision.cuts) ||
        !std::isfinite(decision.least_certain) || !std::isfinite(decision.least_known))
        return damaged();
    return Model{std::move(set),    std::move(encoder_name), std::move(encoder_checksum), checksum_in(bytes),
                 std::move(labels), std::move(vocabulary),   std::move(linear),           std::move(pooled),
                 std::move(head),   std::move(head_bias),    std::move(combination),      std::move(decision)};
}

} // namespace handrail::detect
