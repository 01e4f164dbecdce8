#pragma once

#include "content/answer_protocol.h"
#include "content/asking_protocol.h"
#include "content/change_protocol.h"
#include "content/check_ins.h"
#include "content/next_steps.h"
#include "content/progress_protocol.h"
#include "monitoring/answer_desk.h"
#include "trust/house.h"

namespace handrail::errands {

/// Everything that is asked and how it is judged, as it ships; read once.
inline const monitoring::Asking& asking()
{
    static const monitoring::Asking shipped = [] {
        using test::must;
        const std::filesystem::path folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
        auto instruments = must(content::Instruments::load(folder));
        auto answers = must(content::load_answer_protocol(folder, instruments));
        auto change = must(content::load_change_protocol(folder, instruments));
        return monitoring::Asking{must(content::load_check_in_form(folder, "daily")), std::move(instruments),
                                  std::move(answers), must(content::load_progress_protocol(folder)), std::move(change),
                                  must(content::load_asking_protocol(folder)), must(content::load_next_steps(folder))};
    }();
    return shipped;
}

} // namespace handrail::errands
