#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace handrail {

/// A column of somebody else's file: its scale and which end of it is better.
struct MappedColumn {
    std::string column;
    double lowest = 0;
    double highest = 0;
    bool higher_is_better = true;
};

/// content/imports/*.json: how the columns of a file become check-ins.
struct CheckInMapping {
    struct Series {
        std::string measure;
        MappedColumn from;
    };
    std::string id;
    std::string title;
    std::vector<std::string> recognised_by; ///< a file with all of these columns is of this kind
    std::string at_column;                  ///< an instant; or
    std::string day_column;                 ///< a day number, with
    std::string minute_column;              ///< minutes after midnight
    std::vector<MappedColumn> mood;         ///< the mean of these, brought to the form's scale
    std::size_t mood_needs = 1;             ///< fewer answered columns than this are no mood
    std::string sleep_hours_column;
    std::string note_column;
    std::vector<Series> series;
};

} // namespace handrail
