#pragma once

#include <string>

#include "care/findings.h"

namespace handrail::care {

/// Says of a finding that what it rested on was taken back. It stays with its evidence, under another id, asks for nobody any more, and says
/// first that and why it was withdrawn. The open alert that it raised, if there is one, stays open and waits for a human as
/// before: its path says that its data was withdrawn.
/// @param reason  one sentence without the person's words
/// @return whether an open alert was marked
Result<bool> withdraw_finding(trust::Writing& writing, const KeptFinding& kept, const std::string& reason);

} // namespace handrail::care
