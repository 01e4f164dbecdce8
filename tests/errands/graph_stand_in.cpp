#include "errands/graph_stand_in.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace handrail::errands {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::string http(int status, const json::value& body)
{
    const auto text = json::serialize(body);
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Type: application/json\r\nConnection: close\r\n" +
           "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

} // namespace

GraphStandIn::GraphStandIn()
    : port_([this](int connection) {
          answer_request(connection, [this](const std::string& head, const std::string& body) { return answer(head, body); });
      })
{
}

void GraphStandIn::fail_next(Failure failure)
{
    const std::lock_guard lock(mutex_);
    failures_.push_back(failure);
}

std::vector<GraphStandIn::Received> GraphStandIn::received() const
{
    const std::lock_guard lock(mutex_);
    return received_;
}

std::vector<std::string> GraphStandIn::wrong() const
{
    const std::lock_guard lock(mutex_);
    return wrong_;
}

std::string GraphStandIn::Received::text() const
{
    if (const auto* text = body.if_contains("text"))
        return text_of(text->as_object(), "body");
    if (const auto* interactive = body.if_contains("interactive"))
        return text_of(interactive->as_object().at("body").as_object(), "text");
    return {};
}

std::vector<std::string> GraphStandIn::Received::choices() const
{
    std::vector<std::string> ids;
    const auto* interactive = body.if_contains("interactive");
    if (interactive == nullptr)
        return ids;
    const auto& action = interactive->as_object().at("action").as_object();
    if (const auto* buttons = action.if_contains("buttons"))
        for (const auto& each : buttons->as_array())
            ids.push_back(text_of(each.as_object().at("reply").as_object(), "id"));
    if (const auto* sections = action.if_contains("sections"))
        for (const auto& section : sections->as_array())
            for (const auto& row : section.as_object().at("rows").as_array())
                ids.push_back(text_of(row.as_object(), "id"));
    return ids;
}

void GraphStandIn::expect(bool holds, const std::string& what)
{
    if (!holds)
        wrong_.push_back(what);
}

void GraphStandIn::keep(const std::string& id, Media media)
{
    const std::lock_guard lock(mutex_);
    media_[id] = std::move(media);
}

int GraphStandIn::given_out() const
{
    const std::lock_guard lock(mutex_);
    return given_out_;
}

std::string GraphStandIn::give_out(const std::string& head)
{
    const std::string path = head.substr(4, head.find(' ', 4) - 4);
    const std::string file = "/media/";
    const std::string name = "/v23.0/";
    const std::string number = "?phone_number_id=106";
    expect(header_of(head, "authorization") == "Bearer token", "the bearer token of a file");
    if (path.rfind(file, 0) == 0) {
        const auto& media = media_[path.substr(file.size())];
        ++given_out_;
        return "HTTP/1.1 " + std::to_string(media.status) + " x\r\nConnection: close\r\nContent-Length: " +
               std::to_string(media.bytes.size()) + "\r\n\r\n" + media.bytes;
    }
    expect(path.rfind(name, 0) == 0 && path.size() > number.size() &&
               path.substr(path.size() - number.size()) == number, path);
    const auto id = path.substr(name.size(), path.size() - name.size() - number.size());
    const auto media = media_.find(id);
    if (media == media_.end())
        return http(400, {{"error", {{"message", "no such file"}, {"code", 100}}}});
    const auto& kept = media->second;
    json::object out{{"messaging_product", "whatsapp"},
                     {"url", kept.url.empty() ? url() + file + id : kept.url},
                     {"mime_type", kept.mime_type},
                     {"file_size", kept.size < 0 ? static_cast<std::int64_t>(kept.bytes.size()) : kept.size},
                     {"id", id}};
    if (!kept.sha256.empty())
        out["sha256"] = kept.sha256;
    return http(200, out);
}

std::string GraphStandIn::answer(const std::string& head, const std::string& body)
{
    const std::lock_guard lock(mutex_);
    if (head.rfind("GET ", 0) == 0)
        return give_out(head);
    expect(head.rfind("POST /v23.0/106/messages HTTP/1.1", 0) == 0, head.substr(0, head.find('\r')));
    expect(header_of(head, "authorization") == "Bearer token", "the bearer token");
    expect(header_of(head, "content-type") == "application/json", "the content type");
    boost::system::error_code failed;
    const auto read = json::parse(body, failed);
    if (failed || !read.is_object()) {
        wrong_.emplace_back("not JSON");
        return http(400, {{"error", {{"code", 100}}}});
    }
    check(read.get_object());
    if (!failures_.empty()) {
        const auto failure = failures_.front();
        failures_.pop_front();
        received_.push_back({read.get_object(), {}});
        if (failure.status == 0)
            return {};
        if (failure.code == 0)
            return http(failure.status, json::object{});
        return http(failure.status, {{"error", {{"message", "no"}, {"code", failure.code}}}});
    }
    const auto id = "wamid.OUT" + std::to_string(received_.size());
    received_.push_back({read.get_object(), id});
    return http(200, {{"messaging_product", "whatsapp"}, {"messages", json::array{json::object{{"id", id}}}}});
}

void GraphStandIn::check(const json::object& body)
{
    static const std::set<std::string, std::less<>> known{"messaging_product", "recipient_type", "to",
                                                          "recipient",         "type",           "biz_opaque_callback_data",
                                                          "text",              "interactive",    "template"};
    for (const auto& [name, value] : body)
        expect(known.count(std::string_view(name)) > 0, "the field " + std::string(name));
    expect(text_of(body, "messaging_product") == "whatsapp", "messaging_product");
    expect(text_of(body, "recipient_type") == "individual", "recipient_type");
    expect(body.contains("to") != body.contains("recipient"), "one of to and recipient");
    const auto to = text_of(body, "to");
    expect(std::ranges::all_of(to, [](char c) { return c >= '0' && c <= '9'; }), "digits in to");
    expect(text_of(body, "biz_opaque_callback_data").size() <= 512, "the tracker's length");
    const auto type = text_of(body, "type");
    if (!body.contains(type) || !body.at(type).is_object()) {
        wrong_.push_back("no body of type " + type);
        return;
    }
    const auto& part = body.at(type).get_object();
    if (type == "text") {
        const auto words = text_of(part, "body");
        expect(!words.empty() && code_points(words) <= 4096, "the length of a text");
    } else if (type == "interactive") {
        check_interactive(part);
    } else if (type == "template") {
        expect(!text_of(part, "name").empty(), "the template's name");
        expect(part.contains("language"), "the template's language");
        expect(part.size() == 2, "a template without words of ours");
    } else {
        wrong_.push_back("the type " + type);
    }
}

void GraphStandIn::check_interactive(const json::object& interactive)
{
    const auto words = text_of(interactive.at("body").as_object(), "text");
    expect(!words.empty() && code_points(words) <= 1024, "the length above buttons");
    const auto& action = interactive.at("action").as_object();
    std::set<std::string> titles;
    if (text_of(interactive, "type") == "button") {
        const auto& buttons = action.at("buttons").as_array();
        expect(!buttons.empty() && buttons.size() <= 3, "the number of buttons");
        for (const auto& each : buttons) {
            const auto& reply = each.as_object().at("reply").as_object();
            const auto title = text_of(reply, "title");
            expect(!title.empty() && code_points(title) <= 20, "a button's title: " + title);
            expect(titles.insert(title).second, "two buttons alike: " + title);
            expect(!text_of(reply, "id").empty() && text_of(reply, "id").size() <= 256, "a button's id");
        }
        return;
    }
    expect(text_of(interactive, "type") == "list", "button or list");
    expect(!text_of(action, "button").empty() && code_points(text_of(action, "button")) <= 20, "a list's button");
    std::size_t count = 0;
    for (const auto& section : action.at("sections").as_array()) {
        expect(code_points(text_of(section.as_object(), "title")) <= 24, "a section's title");
        for (const auto& row : section.as_object().at("rows").as_array()) {
            ++count;
            const auto title = text_of(row.as_object(), "title");
            expect(!title.empty() && code_points(title) <= 24, "a row's title: " + title);
            expect(code_points(text_of(row.as_object(), "description")) <= 72, "a row's description");
            expect(!text_of(row.as_object(), "id").empty() && text_of(row.as_object(), "id").size() <= 200, "a row's id");
        }
    }
    expect(count >= 1 && count <= 10, "the number of rows");
}

} // namespace handrail::errands
