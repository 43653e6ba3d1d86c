// The gradient of a maximum pool over a batch of images, NHWC.
#pragma once

#include "block-kernels.h"

namespace kindling {

void maximumPoolGradient(long images, const Windows& windows, const float* x, const float* y, const float* dy,
                         float* dx);

}  // namespace kindling
