#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"

namespace handrail::http
{

void append_json_string(std::string& out, std::string_view text);
void append_json_number(std::string& out, double number); ///< null when it is not finite

class JsonList;

/// Writes a JSON object straight into text: no tree, fields in the order they were added.
///
///     JsonObject{}.add("id", alert.id).add("urgency", "now").add("due_at", alert.due_at).done()
///
/// An empty optional leaves the field out; null() writes it.
class JsonObject
{
public:
    JsonObject() : text_("{") {}

    JsonObject& add(std::string_view name, std::string_view text);
    JsonObject& add(std::string_view name, const char* text) { return add(name, std::string_view(text)); }
    JsonObject& add(std::string_view name, const std::string& text)
    {
        return add(name, std::string_view(text));
    }
    JsonObject& add(std::string_view name, std::same_as<bool> auto flag)
    {
        return raw(name, flag ? "true" : "false");
    }
    template <std::integral Whole>
    requires(!std::same_as<Whole, bool> && !std::same_as<Whole, char>) JsonObject& add(std::string_view name,
                                                                                       Whole number)
    {
        return raw(name, std::to_string(number));
    }
    JsonObject& add(std::string_view name, double number);
    JsonObject& add(std::string_view name, Instant at);
    JsonObject& add(std::string_view name, const RawId& id) { return add(name, to_text(id)); }
    JsonObject& add(std::string_view name, const JsonObject& object) { return raw(name, object.done()); }
    JsonObject& add(std::string_view name, const JsonList& list);
    template <class T> JsonObject& add(std::string_view name, const std::optional<T>& value)
    {
        return value ? add(name, *value) : *this;
    }
    /// A list of anything that add() takes.
    template <class T> JsonObject& add(std::string_view name, const std::vector<T>& values);
    JsonObject& null(std::string_view name) { return raw(name, "null"); }
    /// JSON that is ready: written as it is.
    JsonObject& raw(std::string_view name, std::string_view json);

    std::string done() const { return text_ + "}"; }

private:
    std::string text_;
};

class JsonList
{
public:
    JsonList() : text_("[") {}

    JsonList& add(std::string_view text);
    JsonList& add(const char* text) { return add(std::string_view(text)); }
    JsonList& add(const std::string& text) { return add(std::string_view(text)); }
    JsonList& add(std::same_as<bool> auto flag) { return raw(flag ? "true" : "false"); }
    template <std::integral Whole>
    requires(!std::same_as<Whole, bool> && !std::same_as<Whole, char>) JsonList& add(Whole number)
    {
        return raw(std::to_string(number));
    }
    JsonList& add(double number);
    JsonList& add(Instant at);
    JsonList& add(const RawId& id) { return add(to_text(id)); }
    JsonList& add(const JsonObject& object) { return raw(object.done()); }
    JsonList& add(const JsonList& list) { return raw(list.done()); }
    JsonList& null() { return raw("null"); }
    JsonList& raw(std::string_view json);

    std::string done() const { return text_ + "]"; }

private:
    std::string text_;
};

template <class T> JsonObject& JsonObject::add(std::string_view name, const std::vector<T>& values)
{
    JsonList list;
    for (const T& value : values)
        list.add(value);
    return add(name, list);
}

} // namespace handrail::http
