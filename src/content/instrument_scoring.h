#pragma once

#include "content/document.h"
#include "domain/instrument.h"

namespace handrail::content {

/// Reads the scoring part of an instrument whose items are known already. What is wrong is noted in the document.
InstrumentScoring read_scoring(const Node& scoring, const Instrument& instrument);
/// Reads one condition of the instrument schema. Items and scores it names must be the instrument's.
Condition read_condition(const Node& node, const Instrument& instrument);

} // namespace handrail::content
