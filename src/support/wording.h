#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/reply.h"
#include "support/state.h"

namespace handrail::support {

using Filling = std::map<std::string, std::string, std::less<>>;

/// Puts values in place of {names}. A name without a value stays, and a test over all content finds it.
std::string filled(std::string_view text, const Filling& filling);

/// Chooses words that have not been used in this conversation.
class Wording {
public:
    /// @param seed Where to begin among the variants: the same message in the same place gives the same words.
    Wording(const State& state, std::uint32_t seed);

    /// The first variant none of whose sentences was said before; empty when all were.
    std::string fresh(const std::vector<std::string>& variants, const Filling& filling = {});
    /// As fresh, beginning with the first variant and going on in the file's order.
    std::string next(const std::vector<std::string>& variants, const Filling& filling = {});
    /// "lead: act." from two lists, for what has to be said again and again and never in the same words.
    std::string joined(const std::vector<std::string>& leads, const std::vector<std::string>& acts, const Filling& filling);
    /// Takes the sentences as said from now on, also inside this reply.
    void take(std::string_view text);
    bool said(std::string_view text) const;
    const std::vector<std::string>& taken() const { return taken_; }
    std::uint32_t seed() const { return seed_; }

private:
    std::string from(std::size_t start, const std::vector<std::string>& variants, const Filling& filling);

    std::set<std::string, std::less<>> said_;
    std::vector<std::string> taken_;
    std::uint32_t seed_;
};

/// A reply while it is put together: parts in reading order, of which some can be left out when it gets too long.
class Draft {
public:
    /// @param spare 0: stays, whatever the length. Higher goes first.
    void text(std::string words, int spare = 0);
    void aside(std::string words, int spare = 0);
    void question(std::string words, std::string id, std::vector<ReplyChoice> choices = {}, int spare = 0);
    void block(Block block, std::string flat, int spare = 0);
    bool asks() const;
    bool empty() const { return parts_.empty(); }
    std::size_t words() const;
    /// Of the parts that no shortening takes away.
    std::size_t firm_words() const;
    std::string flat() const;
    std::vector<Block> blocks() const;
    /// Leaves out spare parts until at most `most` words remain.
    void shorten(std::size_t most);

private:
    struct Part {
        Block block;
        std::string flat;
        int spare = 0;
    };
    std::vector<Part> parts_;
};

} // namespace handrail::support
