#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "monitoring/expected_course.h"

namespace handrail::app {

struct TrainCourseAsked {
    std::filesystem::path from;           ///< CSV, or CSV packed with gzip
    std::string column = "total";
    std::string measure = "depression";
    std::vector<std::string> instruments; ///< that the fitted file is for
    std::vector<double> scale;            ///< lowest and highest total; empty: of the first instrument
    double least_intake = 0;              ///< people who began lower are left out; 0: a sixth of the scale
    std::filesystem::path out;            ///< a folder; empty: nothing is written
};

struct CourseRows {
    std::vector<monitoring::CourseRow> rows;
    std::vector<std::string> problems; ///< by line
};
/// Reads columns person, day and the total from a heading on; an empty total is left out, a line that cannot be read named.
CourseRows read_course_rows(std::istream& in, const std::string& column);

/// `handrail train --what course`: fits the expected course of a measure, says on people it had not seen how far its
/// quantiles and its warning can be trusted, beside the course that ships, and writes it for content/courses/.
/// @return 0; 1 when some lines could not be read; 2 when nothing can be fitted or written
int train_course(const TrainCourseAsked& asked, const std::filesystem::path& content_folder, std::ostream& out,
                 std::ostream& err);

} // namespace handrail::app
