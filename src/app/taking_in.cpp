#include "app/taking_in.h"

#include "content/check_in_mappings.h"

namespace handrail::app {

TakingIn::TakingIn(House& house, monitoring::ImportKinds kinds)
    : system_(house.system()), kinds_(std::move(kinds)),
      imports_(*house.record, house.consents, house.asking, house.nightly.judge()),
      daily_(*house.record, house.consents, kinds_.wearables), keys_(*house.record, house.settings, house.accounts, house.clock),
      routes_{imports_, kinds_, daily_, [this](std::string_view secret) { return app_of(secret); }}
{
}

Result<std::unique_ptr<TakingIn>> TakingIn::open(House& house)
{
    const auto& content = house.config.content;
    monitoring::ImportKinds kinds;
    kinds.wearables = TRY(content::load_wearable_protocol(content));
    kinds.check_ins = TRY(content::load_check_in_mappings(content));
    kinds.daily = TRY(content::load_daily_mappings(content, kinds.wearables));
    kinds.form = house.asking.daily;
    return std::unique_ptr<TakingIn>(new TakingIn(house, std::move(kinds)));
}

Result<std::string> TakingIn::app_of(std::string_view secret)
{
    const auto key = TRY(keys_.holder(system_, secret));
    if (!key.may(gateway::KeyScope::Daily))
        return not_allowed("This key may not send daily summaries.");
    TRY(keys_.count(system_, key));
    return key.app;
}

void TakingIn::add_routes(http::Router& router, http::routes::Desks& desks) const
{
    http::routes::add_import_routes(router, desks, routes_);
    http::routes::add_daily_routes(router, desks, routes_);
}

} // namespace handrail::app
