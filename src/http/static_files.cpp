#include "http/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sodium.h>

#include "base/text.h"
#include "http/gzip.h"

namespace handrail::http
{
namespace
{

struct Type {
    std::string_view ending;
    std::string_view type;
    bool shrinks;
};

constexpr std::array<Type, 20> types = {{
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".map", "application/json", true},
    {".xml", "application/xml", true},
    {".wasm", "application/wasm", true},
    {".woff2", "font/woff2", false},
    {".woff", "font/woff", false},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".jpeg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".avif", "image/avif", false},
    {".ico", "image/x-icon", false},
    {".pdf", "application/pdf", false},
}};

Type type_of(std::string_view path)
{
    for (const auto& type : types)
        if (path.ends_with(type.ending))
            return type;
    return {"", "application/octet-stream", false};
}

std::string tag_of(std::string_view bytes)
{
    std::string hash(16, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
    return "\"" + to_base64url(hash) + "\"";
}

bool names_tag(std::string_view if_none_match, std::string_view tag)
{
    for (const auto part : split(if_none_match, ',')) {
        auto one = trimmed(part);
        if (one.starts_with("W/"))
            one.remove_prefix(2);
        if (one == tag || one == "*")
            return true;
    }
    return false;
}

} // namespace

Result<std::shared_ptr<const StaticFiles>> StaticFiles::open(const std::string& directory)
{
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(directory, error))
        return unavailable("The web page's files are not at " + directory +
                               ". Build the page (./run does), or set web in handrail.toml.",
                           "web directory missing");
    const auto read = [](const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    auto out = std::make_shared<StaticFiles>();
    // Only regular files that really lie inside are taken: a link out of the directory is no way out.
    const auto root = fs::canonical(directory, error);
    for (fs::recursive_directory_iterator at(root, error), end; !error && at != end; at.increment(error)) {
        const auto inside = at->path().lexically_relative(root).generic_string();
        if (!at->is_regular_file() || at->is_symlink() || inside.starts_with('.') ||
            inside.find("/.") != std::string::npos)
            continue;
        if (inside.ends_with(".gz") && fs::exists(at->path().parent_path() / at->path().stem()))
            continue;
        const auto beside = at->path().string() + ".gz";
        out->take("/" + inside, read(at->path()), fs::exists(beside) ? read(beside) : std::string());
    }
    if (error)
        return unavailable("The web page's files at " + directory + " cannot be read: " + error.message() +
                               ".",
                           "web directory unreadable");
    return std::shared_ptr<const StaticFiles>(std::move(out));
}

std::shared_ptr<const StaticFiles> StaticFiles::from(std::vector<std::pair<std::string, std::string>> files)
{
    auto out = std::make_shared<StaticFiles>();
    for (auto& [path, bytes] : files)
        out->take(path, std::move(bytes), {});
    return out;
}

void StaticFiles::take(std::string path, std::string bytes, std::string gzipped)
{
    const auto type = type_of(path);
    File file;
    file.type = type.type;
    file.tag = tag_of(bytes);
    file.immutable = path.starts_with("/assets/");
    if (gzipped.empty() && type.shrinks && bytes.size() > 1024)
        gzipped = gzip(bytes, 9);
    if (!gzipped.empty() && gzipped.size() < bytes.size())
        file.gzipped = std::make_shared<const std::string>(std::move(gzipped));
    file.plain = std::make_shared<const std::string>(std::move(bytes));
    files_.emplace(std::move(path), std::move(file));
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const
{
    const auto at = files_.find(path);
    return at == files_.end() ? nullptr : &at->second;
}

std::shared_ptr<Response> StaticFiles::answer(const Request& request) const
{
    const std::string_view path = request.resource;
    // Links that people hand on are short; what they open stands after the #, which never reaches a server.
    const auto* file = find(path == "/" ? "/index.html" : path == "/c" ? "/c.html" : path == "/s" ? "/s.html" : path);
    if (!file && (path.find("/../") != std::string_view::npos || path.ends_with("/..")))
        return nullptr;
    const bool page = request.header("Accept").find("text/html") != std::string_view::npos &&
                      path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
    if (!file && (path == "/staff" || path.starts_with("/staff/")) &&
        (page || path.find('.') == std::string_view::npos))
        file = find("/staff.html");
    if (!file && page && !path.starts_with("/assets/"))
        file = find("/index.html");
    if (!file)
        return nullptr;

    auto out = std::make_shared<Response>();
    out->headers.add("ETag", file->tag);
    out->headers.add("Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (file->gzipped)
        out->headers.add("Vary", "Accept-Encoding");
    if (names_tag(request.header("If-None-Match"), file->tag)) {
        out->status = 304;
        return out;
    }
    out->type = file->type;
    if (file->gzipped && takes_gzip(request.header("Accept-Encoding"))) {
        out->headers.add("Content-Encoding", "gzip");
        out->shared_body = file->gzipped;
    } else {
        out->shared_body = file->plain;
    }
    return out;
}

std::size_t StaticFiles::bytes() const
{
    std::size_t out = 0;
    for (const auto& [path, file] : files_)
        out += file.plain->size() + (file.gzipped ? file.gzipped->size() : 0);
    return out;
}

} // namespace handrail::http
