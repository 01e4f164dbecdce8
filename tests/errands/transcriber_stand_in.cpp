#include "errands/transcriber_stand_in.h"

#include <map>

#include <boost/json.hpp>

namespace handrail::errands {

namespace {

/// The parts of a form, by name.
std::map<std::string, std::string> parts_of(const std::string& body, const std::string& boundary)
{
    std::map<std::string, std::string> parts;
    const auto border = "--" + boundary;
    for (auto at = body.find(border); at != std::string::npos;) {
        const auto next = body.find("\r\n" + border, at);
        const auto head = body.find("\r\n\r\n", at);
        if (next == std::string::npos || head == std::string::npos || head > next)
            break;
        const auto name = body.find("name=\"", at) + 6;
        parts[body.substr(name, body.find('"', name) - name)] = body.substr(head + 4, next - head - 4);
        at = next + 2;
    }
    return parts;
}

} // namespace

TranscriberStandIn::TranscriberStandIn()
    : port_([this](int connection) {
          answer_request(connection, [this](const std::string& head, const std::string& body) { return answer(head, body); });
      })
{
}

void TranscriberStandIn::answers(Answer answer)
{
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
}

void TranscriberStandIn::says(const std::string& words)
{
    answers({200, boost::json::serialize(boost::json::object{{"text", words}}), {}});
}

std::vector<TranscriberStandIn::Heard> TranscriberStandIn::heard() const
{
    const std::lock_guard lock(mutex_);
    return heard_;
}

std::vector<std::string> TranscriberStandIn::wrong() const
{
    const std::lock_guard lock(mutex_);
    return wrong_;
}

void TranscriberStandIn::expect(bool holds, const std::string& what)
{
    if (!holds)
        wrong_.push_back(what);
}

std::string TranscriberStandIn::answer(const std::string& head, const std::string& body)
{
    Answer out;
    {
        const std::lock_guard lock(mutex_);
        expect(head.rfind("POST /v1/audio/transcriptions HTTP/1.1", 0) == 0, head.substr(0, head.find('\r')));
        expect(header_of(head, "authorization") == "Bearer transcriber key", "the bearer key");
        const auto type = header_of(head, "content-type");
        const std::string form = "multipart/form-data; boundary=";
        expect(type.rfind(form, 0) == 0, "the content type");
        auto parts = parts_of(body, type.substr(std::min(form.size(), type.size())));
        expect(parts["model"] == "whisper-1", "the model");
        expect(parts["response_format"] == "json", "the form of the answer");
        expect(!parts["file"].empty(), "the file");
        for (const auto& [name, value] : parts)
            expect(name == "model" || name == "response_format" || name == "file" || name == "language", "the field " + name);
        heard_.push_back({parts["file"], parts["language"]});
        out = answer_;
    }
    std::this_thread::sleep_for(out.after);
    if (out.status == 0)
        return {};
    return "HTTP/1.1 " + std::to_string(out.status) + " x\r\nContent-Type: application/json\r\nConnection: close\r\n" +
           "Content-Length: " + std::to_string(out.body.size()) + "\r\n\r\n" + out.body;
}

} // namespace handrail::errands
