#include "content/expected_courses.h"

#include <algorithm>
#include <set>

#include "content/document.h"

namespace handrail::content {

namespace {

ExpectedCourse::Curve read_curve(const Node& node, std::size_t days)
{
    ExpectedCourse::Curve curve;
    if (node["quantile"].there()) {
        curve.quantile = node["quantile"].number();
        if (!(*curve.quantile > 0 && *curve.quantile < 1))
            node["quantile"].wrong("expected a share between 0 and 1");
    }
    for (const auto& share : node["shares"].elements()) {
        curve.shares.push_back(share.number());
        if (!(curve.shares.back() >= 0 && curve.shares.back() <= 20))
            share.wrong("expected a share of the first total");
    }
    if (curve.shares.size() != days)
        node["shares"].wrong("expected one share for each of the days");
    return curve;
}

ExpectedCourse::Band read_band(const Node& node, std::size_t days)
{
    ExpectedCourse::Band band;
    band.intake_from = node["intake_from"].number();
    band.intake_to = node["intake_to"].number();
    for (const auto& curve : node["curves"].elements())
        band.curves.push_back(read_curve(curve, days));
    for (std::size_t i = 1; i < band.curves.size(); ++i)
        for (std::size_t day = 0; day < std::min(band.curves[i].shares.size(), band.curves[i - 1].shares.size()); ++day)
            if (band.curves[i].shares[day] < band.curves[i - 1].shares[day])
                node["curves"].wrong("the curves stand from the lowest to the highest and do not cross");
    return band;
}

} // namespace

Result<ExpectedCourse> read_expected_course(const std::filesystem::path& file, const std::string& shown_name,
                                            const Instruments& instruments)
{
    Document document = TRY(Document::open(file, shown_name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.expected-course/1")
        root["schema"].wrong("expected handrail.expected-course/1");
    ExpectedCourse course;
    course.measure = root["id"].text();
    course.version = root["version"].text();
    course.source = root["source"].text();
    const auto origin = root["origin"].text();
    if (origin != "hand-set" && origin != "fitted")
        root["origin"].wrong("expected hand-set or fitted");
    course.fitted = origin == "fitted";
    for (const auto& id : root["instruments"].elements()) {
        const auto* instrument = instruments.find(id.text());
        if (instrument == nullptr || instrument->direction != ScoreDirection::HigherIsWorse)
            id.wrong("expected an instrument whose total is higher when things are worse");
        course.instruments.push_back(id.text());
    }
    course.judged_from = root["judged_days"]["from"].number();
    course.judged_to = root["judged_days"]["to"].number();
    for (const auto& day : root["days"].elements()) {
        if (!course.days.empty() && day.number() <= course.days.back())
            day.wrong("expected days that go up");
        course.days.push_back(day.number());
    }
    if (course.days.empty() || course.days.front() < 0)
        root["days"].wrong("expected days from 0 on");
    for (const auto& node : root["bands"].elements()) {
        auto band = read_band(node, course.days.size());
        const double begins = course.bands.empty() ? 0 : course.bands.back().intake_to;
        if (band.intake_from != begins || band.intake_to <= band.intake_from)
            node.wrong("expected bands from 0 to 1, each beginning where the one before ends");
        course.bands.push_back(std::move(band));
    }
    if (course.bands.empty() || course.bands.back().intake_to != 1)
        root["bands"].wrong("expected bands from 0 to 1");
    const int limit = root["limit"].whole();
    course.limit = static_cast<std::size_t>(std::max(limit, 0));
    for (const auto& band : course.bands)
        if (limit < 0 || course.limit >= band.curves.size())
            root["limit"].wrong("is none of the curves");
    if (!document.sound())
        return document.error();
    return course;
}

Result<std::vector<ExpectedCourse>> load_expected_courses(const std::filesystem::path& content_folder,
                                                          const Instruments& instruments)
{
    std::vector<std::filesystem::path> files;
    std::error_code none; // without the folder nobody is judged by a course
    for (const auto& entry : std::filesystem::directory_iterator(content_folder / "courses", none))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<ExpectedCourse> courses;
    std::set<std::string> taken;
    for (const auto& file : files) {
        const auto shown = "courses/" + file.filename().string();
        auto course = TRY(read_expected_course(file, shown, instruments));
        for (const auto& id : course.instruments)
            if (!taken.insert(id).second)
                return invalid(shown + ": another file has a course of " + id + ".", "courses");
        courses.push_back(std::move(course));
    }
    return courses;
}

} // namespace handrail::content
