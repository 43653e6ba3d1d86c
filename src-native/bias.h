// A bias for each channel and a ReLU after it, in one pass over the memory, and their gradients in another.
#pragma once

namespace kindling {

struct BiasShape {
  long rows;
  int channels;
};

/** y = the positive part of x + bias; x and y are [rows, channels] and may be the same memory. */
void biasRelu(const BiasShape& shape, const float* x, const float* bias, float* y);

/** dz = dy where y is above zero, dbias its sum over the rows; dy and dz may be the same memory. */
void biasReluGradient(const BiasShape& shape, const float* dy, const float* y, float* dz, float* dbias);

}  // namespace kindling
