#include "base/confidential.h"

#include <sodium.h>

namespace handrail {

Confidential::~Confidential()
{
    if (!words_.empty())
        sodium_memzero(words_.data(), words_.size());
}

} // namespace handrail
