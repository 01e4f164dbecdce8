#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "made_up_corpora.h"

namespace handrail::detect {

namespace fs = std::filesystem;

/// Messages in which dragons are a danger, and ordinary talk; all made up here.
class MadeUpMessages {
public:
    MadeUpMessages()
    {
        std::string rows = "text\tcategory\turgency\tkind\tgroup\n";
        const std::vector<std::string> who{"my aunt", "the baker", "our cousin", "a friend", "the porter", "my boss"};
        const std::vector<std::string> where{"in the cellar", "on the roof", "by the gate", "near the well",
                                             "at the mill"};
        for (const auto& person : who)
            for (const auto& place : where) {
                rows += person + " saw a fierce green dragon " + place + "\tabuse\ttoday\tdirect\t-\n";
                rows += person + " is burning in dragon fire right now " + place + "\tabuse\tnow\tdirect\t-\n";
                rows += person + " drank warm milk with honey " + place + "\tabuse\tusual\teveryday\t-\n";
                rows += person + " heard distant growling noises " + place + "\tabuse\tsoon\tindirect\t-\n";
            }
        fs::create_directories(messages());
        std::ofstream(messages() / "en_x.tsv") << rows;
        std::string talk;
        std::string requests;
        for (int each = 0; each < 80; ++each) {
            const auto number = std::to_string(each);
            talk += "{\"text\":\"nice picture number " + number +
                    " of the lake\",\"labels\":[\"joy\"]}\n"
                    "{\"text\":\"thanks for " +
                    number + " tips\",\"labels\":[\"neutral\"]}\n";
            requests += "{\"text\":\"set an alarm for " + number +
                        "\",\"label\":\"alarm\"}\n"
                        "{\"text\":\"play song " +
                        number + "\",\"label\":\"play\"}\n";
        }
        write_packed(folder() / "cssrs_posts/train.jsonl.gz",
                     "{\"text\":\"the dragon wins\",\"label\":\"ideation\"}\n"
                     "{\"text\":\"stay strong, friend\",\"label\":\"supportive\"}\n"
                     "{\"text\":\"I lost my shop\",\"label\":\"indicator\"}\n");
        write_packed(folder() / "goemotions/train.jsonl.gz", talk);
        write_packed(folder() / "clinc150/train.jsonl.gz", requests);
    }
    fs::path folder() const { return folder_.path(); }
    fs::path messages() const { return folder_.path() / "messages"; }

private:
    tests::FolderForTest folder_;
};

} // namespace handrail::detect
