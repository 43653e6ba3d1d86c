// Which of the compiled instruction sets this processor has.
#pragma once

#include <string>
#include <vector>

#include "block-kernels.h"

namespace kindling {

/** The best first. */
std::vector<const BlockKernels*> availableKernels();
const BlockKernels& kernels();
/** False if this processor or this build has none of that name. */
bool useKernels(const std::string& name);

}  // namespace kindling
