// The operations that are registered, by what they compute.
#pragma once

namespace kindling {

void registerBatchNorm();

}  // namespace kindling
