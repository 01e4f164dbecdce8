#include "app/scratch.h"

#include <cstdlib>

namespace handrail::app {

Result<Scratch> Scratch::make()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "handrail-scratch-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return unavailable("No scratch folder can be made in the temporary folder.", "scratch: mkdtemp");
    return Scratch{pattern};
}

Scratch::~Scratch()
{
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove_all(path_, ignored);
}

} // namespace handrail::app
