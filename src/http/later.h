#pragma once

#include "http/response.h"

namespace handrail::http {

/// An answer that is not ready yet: no worker waits for it. Given by any thread.
class Later {
public:
    virtual ~Later() = default; ///< never given: whoever asked is told that it did not work
    /// Once.
    virtual void give(Response response) = 0;
    /// Whoever asked has left: nobody needs the answer any more.
    virtual bool gone() const = 0;
};

} // namespace handrail::http
