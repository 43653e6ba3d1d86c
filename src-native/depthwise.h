// Depthwise convolution of a batch of images, NHWC, one filter a channel.
#pragma once

#include "block-kernels.h"

namespace kindling {

void depthwise(long images, const Windows& windows, const float* x, const float* kernel, float* y);
void depthwiseGradient(long images, const Windows& windows, const float* dy, const float* x, const float* kernel,
                       float* dx, float* dkernel);

}  // namespace kindling
