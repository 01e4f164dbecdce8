#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/doctor/seen.h"
#include "base/clock.h"
#include "care/service.h"
#include "storage/store.h"
#include "trust/epoch_key.h"

namespace handrail::app::doctor {

/// What the service decided about itself, as far as it keeps people from being answered. No name, no number.
std::vector<Seen> judge_service(const care::Service& service, const std::string& text_version, bool demo);

/// Opens the keys and the service's own settings, and changes nothing. Not while a new epoch is coming.
std::vector<Seen> look_at_record(storage::Store& data, storage::Store& keys, trust::EpochKeyFile epoch,
                                 const std::filesystem::path& content, bool demo, const Clock& clock);

} // namespace handrail::app::doctor
