#pragma once

#include <string_view>

namespace handrail::channels {

/// What to do when Meta did not take a message, or could not deliver it.
enum class AfterError {
    Retry,         ///< later, with growing pauses
    Template,      ///< the 24 hours are over: a template if there is one, else the staff
    Staff,         ///< a human must reach the person another way
    OtherChannel,  ///< this person cannot be reached here: a human, another way
    Operator,      ///< token, permission or account: nothing can be sent until somebody acts
    Configuration, ///< a template or a setting of ours is wrong
    Ours,          ///< what we sent was malformed: sending it again does not help
};

/// @param code of Meta's error; 0 with a status of 5xx or none when there was no error object
AfterError after_error(int http_status, int code, bool is_transient);

/// The error object of an answer that was not 2xx.
struct GraphError {
    int code = -1; ///< -1: there was none
    bool transient = false;
};
GraphError graph_error_in(std::string_view body);
std::string_view name(AfterError after);

} // namespace handrail::channels
