#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/session.h"

/// What a session is made of, for its own two sources: session.cpp reads and writes, session_work.cpp answers.
namespace handrail::http {

struct Session::Parser {
    boost::beast::http::request_parser<boost::beast::http::string_body> beast;
    Request request;
    Router::Found found;
    std::unique_ptr<trace::Trace> trace;
};

/// An answer as bytes.
struct Session::Answer {
    Outgoing outgoing;
    std::shared_ptr<EventStream> events;
    bool keep_alive = true;
    bool can_be_asked_again = false; ///< nothing was changed by what it answers
    std::unique_ptr<trace::Trace> trace;
};

/// A request that is being worked on.
struct Session::Work {
    Request request;
    Router::Found found;
    std::unique_ptr<trace::Trace> trace;
    std::size_t number = 0;
    std::string_view route;
};

} // namespace handrail::http
