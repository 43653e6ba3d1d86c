// The operations that are registered, by what they compute.
#pragma once

namespace kindling {

void registerBatchNorm();
void registerBias();
void registerDepthwise();
void registerElementwise();
void registerExpand();
void registerImages();
void registerPointwise();
void registerSwap();
void registerWinograd();

}  // namespace kindling
