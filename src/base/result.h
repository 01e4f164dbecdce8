#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace handrail {

/// What kind of no it is. http/problem.cpp is the one place where a kind becomes a status code.
enum class ErrorKind {
    Invalid,       ///< what was asked does not make sense; asking the same again will not help
    NotSignedIn,   ///< nobody is signed in, or the session has ended
    NotAllowed,    ///< this actor may not
    NotFound,      ///< not there, or not to be known by this actor
    Conflict,      ///< someone else was first, or the state has moved on
    TooMuch,       ///< too large or too often
    Unavailable,   ///< try again later: the store is gone, the disk is full
};

struct Error {
    ErrorKind kind = ErrorKind::Invalid;
    std::string told;   ///< plain words, safe to show the person who asked
    std::string noted;  ///< for the operator's log: names no one, quotes nothing they wrote
    std::string where;  ///< the field, line or item it is about, as a JSON pointer or a name; may be empty
};

/// A value or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const noexcept { return held_.index() == 0; }
    bool ok() const noexcept { return held_.index() == 0; }
    T& operator*() & { return std::get<0>(held_); }
    const T& operator*() const& { return std::get<0>(held_); }
    T&& operator*() && { return std::get<0>(std::move(held_)); }
    T* operator->() { return &std::get<0>(held_); }
    const T* operator->() const { return &std::get<0>(held_); }
    Error& error() { return std::get<1>(held_); }
    const Error& error() const { return std::get<1>(held_); }

private:
    std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    Result() = default;
    Result(Error error) : error_(std::move(error)), failed_(true) {}
    explicit operator bool() const noexcept { return !failed_; }
    bool ok() const noexcept { return !failed_; }
    void operator*() const noexcept {}
    Error& error() { return error_; }
    const Error& error() const { return error_; }

private:
    Error error_;
    bool failed_ = false;
};

/// A bug, not a bad request: caught only by the request, the job and main.
inline void ensure(bool condition, const char* why_it_must_hold)
{
    if (!condition)
        throw std::logic_error(why_it_must_hold);
}

inline Error invalid(std::string told, std::string where = {})
{
    return {ErrorKind::Invalid, std::move(told), {}, std::move(where)};
}
inline Error not_found(std::string told) { return {ErrorKind::NotFound, std::move(told), {}, {}}; }
inline Error not_allowed(std::string told) { return {ErrorKind::NotAllowed, std::move(told), {}, {}}; }
inline Error conflict(std::string told) { return {ErrorKind::Conflict, std::move(told), {}, {}}; }
inline Error unavailable(std::string told, std::string noted)
{
    return {ErrorKind::Unavailable, std::move(told), std::move(noted), {}};
}

} // namespace handrail

/// Unwraps a Result or returns its error from the enclosing function. A statement expression: gcc and clang both have
/// it. Each use has a name of its own, so that one may stand inside a function that another one is given.
#define TRY(expression) HANDRAIL_TRY(expression, __COUNTER__)
#define HANDRAIL_TRY(expression, number) HANDRAIL_TRY_AS(expression, HANDRAIL_JOIN(try_result_, number))
#define HANDRAIL_JOIN(a, b) HANDRAIL_JOINED(a, b)
#define HANDRAIL_JOINED(a, b) a##b
#define HANDRAIL_TRY_AS(expression, held)                                                                              \
    __extension__({                                                                                                    \
        auto held = (expression);                                                                                      \
        if (!held.ok())                                                                                                \
            return std::move(held).error();                                                                            \
        *std::move(held);                                                                                              \
    })
