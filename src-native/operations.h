// The operations that are registered, by what they compute.
#pragma once

namespace kindling {

void registerBatchNorm();
void registerBiasRelu();
void registerDepthwise();
void registerMaximumPool();
void registerPointwise();
void registerSwap();

}  // namespace kindling
