#pragma once

#include <optional>
#include <string>
#include <vector>

#include "monitoring/answer_desk.h"
#include "monitoring/check_in_import.h"
#include "monitoring/daily_import.h"
#include "monitoring/import_batch.h"
#include "monitoring/night_judge.h"
#include "trust/consent_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// Files of other programs taken into a record, each as a batch that can be taken back. Nothing that a file holds raises an
/// alert when it comes in: it is not news.
///
/// Who asks is an administrator, a lead or the command line; what is read is sealed into the person's record by the service
/// itself, and nobody reads words by it.
class Imports {
public:
    Imports(trust::Record& record, const trust::ConsentDesk& consents, const monitoring::Asking& asking,
            const monitoring::NightJudge& judge)
        : record_(record), consents_(consents), asking_(asking), judge_(judge)
    {
    }

    /// The newest batch of the same file that stands, among the last 1000 of the service.
    Result<std::optional<monitoring::ImportBatch>> same_file(const Actor& actor, const std::string& checksum) const;

    /// A thousand in a transaction. A check-in at an instant at which the person already has an imported one is left out.
    Result<monitoring::ImportBatch> take(const Actor& actor, PersonId person, const monitoring::CheckInImport& file,
                                         const std::string& checksum) const;
    /// @param source  what the days are said to come from
    /// @return NotAllowed without the person's yes to wearables
    Result<monitoring::ImportBatch> take(const Actor& actor, PersonId person, const monitoring::DailyImport& file,
                                         const std::string& source, const std::string& checksum) const;

    struct TakenBack {
        monitoring::ImportBatch batch;
        std::int64_t rows = 0;     ///< that went
        int withdrawn = 0;         ///< findings that rested on them
        int alerts_marked = 0;     ///< open ones that stay open
    };
    /// Takes back exactly what the batch brought and works out anew what was made from it: the course, when the person was
    /// last heard of, and the findings of the nights since. Going on where an earlier try stopped. Conflict when it is done.
    Result<TakenBack> take_back(const Actor& actor, monitoring::ImportId id) const;

    /// Newest first. Administrator, lead or System.
    Result<std::vector<monitoring::ImportBatch>> all(const Actor& actor, int most) const;

private:
    Result<monitoring::ImportBatch> begin(const Actor& actor, PersonId person, const char* kind,
                                          const monitoring::ImportPreview& preview, const std::string& checksum) const;
    Result<void> finish(const Actor& actor, const monitoring::ImportBatch& batch) const;

    trust::Record& record_;
    const trust::ConsentDesk& consents_;
    const monitoring::Asking& asking_;
    const monitoring::NightJudge& judge_;
};

} // namespace handrail::errands
