#include "support/wording.h"

#include <algorithm>
#include <cctype>

#include "support/words.h"

namespace handrail::support {

std::string filled(std::string_view text, const Filling& filling)
{
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = text.find('{', at);
        const auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) {
            out += text.substr(at);
            break;
        }
        out += text.substr(at, open - at);
        const auto key = text.substr(open + 1, close - open - 1);
        const auto value = filling.find(key);
        out += value == filling.end() ? std::string(text.substr(open, close - open + 1)) : value->second;
        at = close + 1;
    }
    return out;
}

Wording::Wording(const State& state, std::uint32_t seed) : said_(state.said.begin(), state.said.end()), seed_(seed) {}

bool Wording::said(std::string_view text) const
{
    const auto sentences = sentences_of(text);
    return std::any_of(sentences.begin(), sentences.end(),
                       [&](const auto& sentence) { return said_.count(sentence_mark(sentence)) > 0; });
}

void Wording::take(std::string_view text)
{
    for (const auto& sentence : sentences_of(text)) {
        auto mark = sentence_mark(sentence);
        if (said_.insert(mark).second)
            taken_.push_back(std::move(mark));
    }
}

std::string Wording::from(std::size_t start, const std::vector<std::string>& variants, const Filling& filling)
{
    for (std::size_t i = 0; i < variants.size(); ++i) {
        auto text = filled(variants[(start + i) % variants.size()], filling);
        if (!text.empty() && !said(text)) {
            take(text);
            return text;
        }
    }
    return {};
}

std::string Wording::fresh(const std::vector<std::string>& variants, const Filling& filling)
{
    return variants.empty() ? std::string() : from(seed_ % variants.size(), variants, filling);
}

std::string Wording::next(const std::vector<std::string>& variants, const Filling& filling)
{
    return from(0, variants, filling);
}

std::string Wording::joined(const std::vector<std::string>& leads, const std::vector<std::string>& acts, const Filling& filling)
{
    for (std::size_t i = 0; i < leads.size() * acts.size(); ++i) {
        const auto k = (seed_ + i) % (leads.size() * acts.size());
        auto text = filled(leads[k % leads.size()] + ": " + acts[(k / leads.size() + k) % acts.size()] + ".", filling);
        if (!said(text)) {
            take(text);
            return text;
        }
    }
    return {};
}

void Draft::block(Block block, std::string flat, int spare)
{
    if (!flat.empty())
        parts_.push_back({std::move(block), std::move(flat), spare});
}

void Draft::text(std::string words, int spare)
{
    Block block;
    block.text = words;
    this->block(std::move(block), std::move(words), spare);
}

void Draft::aside(std::string words, int spare)
{
    Block block;
    block.kind = Block::Kind::Aside;
    block.text = words;
    this->block(std::move(block), std::move(words), spare);
}

void Draft::question(std::string words, std::string id, std::vector<ReplyChoice> choices, int spare)
{
    Block block;
    block.kind = Block::Kind::Question;
    block.text = words;
    block.id = std::move(id);
    block.choices = std::move(choices);
    this->block(std::move(block), std::move(words), spare);
}

bool Draft::asks() const
{
    return std::any_of(parts_.begin(), parts_.end(),
                       [](const auto& part) { return part.flat.find('?') != std::string::npos; });
}

std::size_t Draft::words() const { return count_words(flat()); }

std::size_t Draft::firm_words() const
{
    std::size_t words = 0;
    for (const auto& part : parts_)
        if (part.spare == 0)
            words += count_words(part.flat);
    return words;
}

std::string Draft::flat() const
{
    std::string out;
    for (const auto& part : parts_) {
        if (!out.empty())
            out += out.back() == '\n' || part.block.kind == Block::Kind::Steps ? "" : " ";
        if (part.block.kind == Block::Kind::Steps && !out.empty() && out.back() != '\n')
            out += '\n';
        out += part.flat;
    }
    return out;
}

std::vector<Block> Draft::blocks() const
{
    std::vector<Block> out;
    out.reserve(parts_.size());
    for (const auto& part : parts_)
        out.push_back(part.block);
    return out;
}

void Draft::shorten(std::size_t most)
{
    while (words() > most) {
        const auto last = std::max_element(parts_.begin(), parts_.end(),
                                           [](const auto& a, const auto& b) { return a.spare < b.spare; });
        if (last == parts_.end() || last->spare == 0)
            return;
        parts_.erase(last);
    }
}

} // namespace handrail::support
