// The operations that are registered, by what they compute.
#pragma once

namespace kindling {

void registerBatchNorm();
void registerDepthwise();
void registerPointwise();
void registerSwap();
void registerWinograd();

}  // namespace kindling
