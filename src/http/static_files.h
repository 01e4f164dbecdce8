#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

namespace handrail::http
{

/// The built web page, read into memory once: what is not in the table cannot be asked for, whatever the
/// path.
///
/// Files under /assets/ carry a hash in their name and are kept by browsers for a year; the rest is asked for
/// again with its ETag. A NAME.gz beside NAME is what browsers that take gzip get; text without one is
/// compressed here.
class StaticFiles
{
public:
    /// Reads a directory. Unavailable, with the path, when it is not there or cannot be read.
    static Result<std::shared_ptr<const StaticFiles>> open(const std::string& directory);

    /// One file set from memory, for tests and for pages the binary carries itself.
    static std::shared_ptr<const StaticFiles> from(std::vector<std::pair<std::string, std::string>> files);

    /// The answer for a GET or HEAD of request.resource, or nothing when there is no such file. "/" is
    /// index.html, "/c" c.html and "/s" s.html;
    /// "/staff" and "/staff/…" without a file are staff.html; other paths of one page app fall back to
    /// index.html when the browser asks for a page (Accept: text/html) and the path has no extension.
    std::shared_ptr<Response> answer(const Request& request) const;
    std::size_t bytes() const;
    std::size_t count() const { return files_.size(); }

private:
    struct File {
        std::shared_ptr<const std::string> plain;
        std::shared_ptr<const std::string> gzipped; ///< nullptr when it would not be smaller
        std::string type;
        std::string tag;
        bool immutable = false;
    };
    void take(std::string path, std::string bytes, std::string gzipped);
    const File* find(std::string_view path) const;
    std::map<std::string, File, std::less<>> files_;
};

} // namespace handrail::http
