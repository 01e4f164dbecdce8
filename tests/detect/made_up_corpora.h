#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <zlib.h>

#include "folder_for_test.h"

namespace handrail::detect {

inline void write_packed(const std::filesystem::path& file, const std::string& lines)
{
    std::filesystem::create_directories(file.parent_path());
    const auto out = gzopen(file.c_str(), "wb");
    gzwrite(out, lines.data(), static_cast<unsigned>(lines.size()));
    gzclose(out);
}

/// A folder with corpora of the form that `train` reads. Every text in them is made up here.
class MadeUpCorpora {
public:
    MadeUpCorpora()
    {
        const std::vector<std::string> who{"my sister", "the neighbour", "a colleague", "our teacher", "the baker",
                                           "an uncle",  "my friend",     "the postman", "a cousin",    "the doctor"};
        const std::vector<std::string> when{"today", "yesterday", "last week", "on sunday", "this morning", "again"};
        std::string topic;
        std::string risk;
        std::string both;
        std::size_t number = 0;
        for (const auto& person : who)
            for (const auto& day : when) {
                const auto id = std::to_string(number++);
                const auto rain = number % 2 == 0;
                const auto cake = number % 3 == 0;
                const auto said = person +
                                  (rain ? " watched the heavy rain and grey clouds " : " sat in bright sunshine ") +
                                  day + (cake ? " and ate a large chocolate cake" : " and went home");
                topic += "{\"id\":\"" + id + "\",\"text\":\"" + said + "\",\"label\":\"" + (rain ? "rain" : "sun") +
                         "\",\"group\":\"" + person + "\"}\n";
                risk += "{\"id\":\"" + id + "\",\"text\":\"" + said + "\",\"label\":" + (rain ? "1" : "0") + "}\n";
                both += "{\"id\":\"" + id + "\",\"text\":\"" + said + "\",\"labels\":{\"wet\":" + (rain ? "1" : "0") +
                        ",\"sweet\":" + (cake ? "1" : "0") + "}}\n";
            }
        write_packed(folder() / "counselchat/train.jsonl.gz", topic);
        write_packed(folder() / "dreaddit/train.jsonl.gz", risk);
        write_packed(folder() / "irf/train.jsonl.gz", both);
    }
    std::filesystem::path folder() const { return folder_.path(); }

private:
    tests::FolderForTest folder_;
};

} // namespace handrail::detect
