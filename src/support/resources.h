#pragma once

#include "support/turn.h"

/// Where help is: the lines that this service accepted, from the data file with its sources, for whom the person asks
/// (safety.md H1, H3, H5). Nothing is named that is not in it.
namespace handrail::support::resources {

/// Whether help for somebody or near somewhere is asked for: "is there something for eating disorders?".
bool wanted(const Turn& turn);
void reply(Turn& turn);

} // namespace handrail::support::resources
