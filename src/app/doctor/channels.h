#pragma once

#include "app/config.h"
#include "app/doctor/seen.h"

namespace handrail::app::doctor {

/// By which channels alerts leave the server, as far as the configuration says: secrets are read, nothing is sent.
Seen judge_channels(const Config& config);

} // namespace handrail::app::doctor
