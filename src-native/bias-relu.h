// The gradient of relu(x + bias) over a matrix [rows, channels].
#pragma once

namespace kindling {

/** From the output y; dx may be in the place of dy. */
void biasReluGradient(long rows, int channels, const float* dy, const float* y, float* dx, float* dbias);

}  // namespace kindling
