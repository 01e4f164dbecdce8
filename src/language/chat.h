#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/sse_reader.h"

namespace handrail::language {

/// One line of a conversation, as an OpenAI-compatible endpoint takes it.
struct ChatLine {
    enum class Role { System, User, Assistant } role = Role::User;
    std::string text;
};

struct ChatRequest {
    std::vector<ChatLine> lines;
    int most_tokens = 220;
    double temperature = 0.5;
};

/// The body of POST /chat/completions: a stream is asked for, nothing is to be kept, no tools are offered.
std::string chat_json(const ChatRequest& request, std::string_view model);

/// Reads an answer as it comes: server-sent events, or one JSON object from a server that does not stream. What comes out is
/// well-formed UTF-8, however the pieces were cut.
class ChatAnswer {
public:
    enum class End {
        None,   ///< it has not ended, or broke off
        Stop,   ///< the model had said what it wanted to say
        Length, ///< cut at the limit: the last sentence may be a half
        Refused, ///< a filter of the vendor, or a refusal
        Broken, ///< not to be read: an error in the stream, no JSON, no UTF-8
    };
    /// Takes a piece. False when no more is wanted: it has ended or is broken.
    bool take(std::string_view bytes);
    /// The connection has ended.
    void close();
    /// What is new since the last call.
    std::string fresh();
    End end() const { return end_; }

private:
    bool wants_more() const { return !done_ && end_ != End::Broken; }
    bool event(const std::string& data);
    void read(const std::string& data);
    void add(std::string_view text);

    SseReader reader_;
    std::string text_;    ///< not yet taken out; may end in half a letter
    std::string whole_;   ///< all of it, until it shows to be a stream
    bool done_ = false;
    End end_ = End::None;
    std::size_t received_ = 0;
};

} // namespace handrail::language
