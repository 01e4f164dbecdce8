#pragma once

#include <iosfwd>
#include <string>

#include "app/house.h"
#include "http/router.h"

namespace handrail::app {

/// Fills a fresh store with a made-up service: months go by through the real desks, so that findings, alerts and audit
/// entries are what they would have been. Does nothing when it is filled already.
Result<void> fill_demo(House& house, std::ostream& out);

/// Address and log-ins, for the terminal.
void print_demo_log_ins(House& house, const std::string& url, std::ostream& out);

/// A list of the log-ins with their current codes, so that a newcomer needs no authenticator. Only in the demo.
void add_demo_routes(http::Router& router, House& house);

} // namespace handrail::app
