#pragma once

#include <functional>
#include <iosfwd>

#include "app/keeping.h"

namespace handrail::app {

/// `handrail store copy --from CONFIG --to CONFIG`: moves a service to another store, in either direction, and verifies
/// it: the rows of every table and their checksums, every sealed row, the audit record. What is copied is one instant
/// of the source, which may go on serving meanwhile; what is written after that instant is not in the copy, and the
/// command says so. The target must be empty. Until all is verified a mark in its folder keeps it from being served.
struct CopyAsked {
    Where from;
    Where to;
    /// For tests: called before each step; an error stands for a kill at that point.
    std::function<Result<void>()> before_step;
};
int copy_store(const CopyAsked& asked, std::ostream& out, std::ostream& err);

} // namespace handrail::app
