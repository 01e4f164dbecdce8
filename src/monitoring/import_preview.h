#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace handrail::monitoring {

/// Something about one line of a file. Quotes nothing from it but names of columns.
struct ImportRemark {
    std::size_t line = 0;
    std::string told;
};

/// Remarks in the order of their lines, as many as somebody can read; the others are counted.
class ImportRemarks {
public:
    static constexpr std::size_t most = 1000;
    void add(std::size_t line, std::string told);
    /// Those of the first lines that fit, in order.
    const std::vector<ImportRemark>& kept() const { return kept_; }
    std::size_t all() const { return all_; }
    void put_in_order();

private:
    std::vector<ImportRemark> kept_;
    std::size_t all_ = 0;
};

/// What would be taken and what would not, to be looked at before anything is stored.
struct ImportPreview {
    struct Column {
        std::string name;
        std::string becomes; ///< "mood (1 to 7, higher is better)"; empty: left out
    };
    /// A row as it would be taken. Only whoever has the file sees it.
    struct First {
        std::size_t line = 0;
        Instant at;
        std::vector<std::pair<std::string, std::string>> values; ///< what, and how much of it with its unit
    };
    static constexpr std::size_t most_first = 5;

    std::string mapping;
    std::string title;
    std::string each; ///< what a row becomes, in the plural: "check-ins"
    std::size_t rows = 0;
    std::size_t taken = 0;
    std::size_t without_answers = 0;
    std::optional<Instant> first_at;
    std::optional<Instant> last_at;
    std::vector<Column> columns;
    std::vector<First> first;
    std::vector<std::string> notes; ///< what a reader must know, in sentences
    ImportRemarks problems;         ///< lines that are not taken
    ImportRemarks remarks;          ///< lines that are taken, and what is odd about them
};

/// The preview as lines of text for a terminal.
std::string preview_text(const ImportPreview& preview);
/// 3, 2.5
std::string plain_number(double value);

} // namespace handrail::monitoring
