// 3x3 convolutions at a stride of one, by Winograd's minimal filtering F(2x2, 3x3), and their gradients.
#pragma once

#include "block-kernels.h"

namespace kindling {

/**
 * y = the positive part, if `relu`, of the convolution plus the bias. Shapes: x [images, height, width, inputs], kernel
 * [3, 3, inputs, filters], bias [filters] or null, y [images, output height, output width, filters].
 */
void winograd(WinogradShape shape, const float* x, const float* kernel, const float* bias, bool relu, float* y);

/** The input's gradient, dx, or with `add` what it is added to. */
void winogradInputGradient(const WinogradShape& shape, const float* dy, const float* kernel, bool add, float* dx);

/** The kernel's gradient, dkernel. */
void winogradKernelGradient(WinogradShape shape, const float* dy, const float* x, float* dkernel);

}  // namespace kindling
