#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "language/curl_transport.h"
#include "language/endpoints.h"
#include "support/wording_by_model.h"

namespace handrail::app {

/// The language models of [language], ready to word replies.
class LanguageModel {
public:
    /// Nothing when none is configured. Invalid names the endpoint whose key cannot be read.
    /// @param note why a reply kept its built-in words; never any words
    static Result<std::unique_ptr<LanguageModel>> open(const Config& config, std::function<void(const std::string&)> note);

    const support::WordingByModel& wording() const { return *wording_; }
    /// Whose they are and where they stand, for the person who is asked: "Example AI, Ireland (api.example.org)".
    std::vector<std::string> told() const;

private:
    LanguageModel(std::vector<language::Endpoint> endpoints, language::EndpointLimits limits)
        : endpoints_(transport_, std::move(endpoints), limits)
    {
    }
    language::CurlTransport transport_;
    language::Endpoints endpoints_;
    std::unique_ptr<support::WordingByModel> wording_;
};

} // namespace handrail::app
