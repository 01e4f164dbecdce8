#pragma once

#include <memory>

#include "base/clock.h"
#include "trust/epoch_key.h"
#include "trust/keyring.h"
#include "trust/record.h"

namespace handrail::trust {

/// The record over a store and its keys. All three outlive it.
std::unique_ptr<Record> open_record(storage::Store& data, Keyring& keyring, AuditKey audit_key, const Clock& clock);

} // namespace handrail::trust
