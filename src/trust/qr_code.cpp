#include "trust/qr_code.h"

#include <qrencode.h>

#include <cstddef>
#include <memory>

namespace handrail::trust {

Result<std::string> qr_svg(const std::string& text)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M),
                                                               &QRcode_free);
    if (!code)
        return unavailable("The QR code cannot be drawn. Type the secret instead.", "libqrencode refused the text");
    constexpr int quiet = 4;
    const int size = code->width + 2 * quiet;
    const auto side = std::to_string(size);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
                      "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side +
                      "\" fill=\"#fff\"/><path fill=\"#000\" d=\"";
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[static_cast<std::size_t>(y * code->width + x)] & 1U) == 0)
                continue;
            int run = 1;
            while (x + run < code->width && (code->data[static_cast<std::size_t>(y * code->width + x + run)] & 1U) != 0)
                ++run;
            svg += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h" + std::to_string(run) +
                   "v1h-" + std::to_string(run) + "z";
            x += run - 1;
        }
    return svg + "\"/></svg>";
}

} // namespace handrail::trust
