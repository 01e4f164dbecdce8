#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/chat_request.h"
#include "gateway/held_stream.h"
#include "gateway/help_answer.h"
#include "gateway/openai_error.h"
#include "language/transport.h"

namespace handrail::gateway {

/// Where a streamed answer goes. Called by the thread that relays.
class Outlet {
public:
    virtual ~Outlet() = default;
    /// The head may go: the answer is a stream from here on.
    virtual void begin() = 0;
    /// Whole events; waits while the reader is slow. False: nobody reads any more.
    virtual bool write(std::string events) = 0;
    /// Whoever asked has left, or the service stops.
    virtual bool gone() const = 0;
};

/// An answer that is no stream, or a refusal before a stream began.
struct Whole {
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    bool again = false;  ///< whether the client may send the same again by itself
    bool replaced = false;
};

/// One call of a language model's service, with everything it answers held until it was judged.
class Relay {
public:
    /// @param marks JSON for "handrail" in the answer, made once it is known whether something was replaced
    using Marks = std::function<std::string(bool replaced, const std::vector<std::string>& rules)>;
    /// A line for the operator: quotes nothing.
    using Note = std::function<void(const std::string&)>;

    Relay(const language::Transport& transport, const ChatRequest& request, const OutputScreen& screen, Tally& tally,
          Marks marks, Note note);

    /// Returns when the answer has ended. Nothing when it went through the outlet as a stream.
    std::optional<Whole> run(const language::Call& call, Outlet& outlet);

private:
    bool take_head(const language::Head& head);
    bool take_event(const std::string& data, Outlet& outlet);
    Result<void> take_choice(const boost::json::object& choice, bool whole, HeldStream::Pieces& out);
    void take_call(int choice, const boost::json::object& call, int index);
    void learn_head(const boost::json::object& answer);
    bool give(HeldStream::Pieces pieces, Outlet& outlet);
    bool write(std::string events, Outlet& outlet);
    void end_stream(const Result<language::Head>& called, Outlet& outlet);
    Whole end_whole(const Result<language::Head>& called);
    std::optional<Whole> read_completion(Outlet* outlet);
    bool failed(const Error& error, Outlet& outlet);
    Whole refused(const OpenAiError& error);
    std::string usage() const;

    const language::Transport& transport_;
    const ChatRequest& request_;
    Tally& tally_;
    Marks marks_;
    Note note_;
    HeldStream held_;
    AnswerHead head_;

    language::Head upstream_;
    bool events_ = false;     ///< the upstream answers with events
    std::string body_;        ///< of an answer that is none
    bool begun_ = false;      ///< the outlet was told to begin
    bool done_ = false;       ///< [DONE] came
    bool over_ = false;       ///< nothing more is given out
    bool broken_ = false;     ///< what came could not be read
    bool screen_failed_ = false;
    std::string usage_;
    std::vector<int> seen_;   ///< choices of which something came
    std::vector<int> told_;   ///< choices whose first chunk went out
    std::vector<int> ended_;  ///< choices whose end came from upstream
    std::uint64_t given_ = 0; ///< bytes of words
};

} // namespace handrail::gateway
