#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/response.h"

namespace handrail::http {

class JsonObject;

/// The one place where a kind becomes a status code: Invalid 400 (422 when it names a field), NotSignedIn
/// 401, NotAllowed 403, NotFound 404, Conflict 409, TooMuch 413 (429 for "type:too-often"), Unavailable 503.
int status_of(const Error& error);

/// An error as an RFC 9457 problem document.
///
/// `error.where` that begins with "type:" names the problem's type ("type:second-factor" →
/// ".../second-factor"), so that a page can tell it from others of its status. Otherwise it is a JSON pointer
/// ("/answers/3") or "?name" for the query. Several errors of one body are told at once: line i of `told`
/// belongs to line i of `where`.
Response problem(const Error& error);
/// A problem with a status of its own (405, 408, 414, 431, 505…).
Response problem(int status, std::string_view type, std::string_view detail);
/// The same with fields of its own (RFC 9457, 3.2).
Response problem(int status, std::string_view type, std::string_view detail, const JsonObject& more);
/// A bug: 500 with a reference that also stands in the operator's log, and nothing else.
Response internal_problem(std::string_view reference);

/// An error whose problem type a page tells apart: `typed(ErrorKind::NotAllowed, "second-factor", "…")`.
Error typed(ErrorKind kind, std::string_view type, std::string told);
/// A refusal because a person is in no team of the caller's has a type of its own; every other error stays as it is.
Error outside_team(Error error);
/// What a deed about a person answers: 204, or the refusal as outside_team() tells it.
Result<Response> done_for_person(const Result<void>& done);

} // namespace handrail::http
