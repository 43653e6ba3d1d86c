// 1x1 convolutions, with groups, as products of matrices, and their gradients.
#pragma once

namespace kindling {

/** Each group takes `inputs` channels to `filters`. */
struct PointwiseShape {
  long rows;
  int groups, inputs, filters;
  /** Floats from one row of y to the next: more than there are filters where others lie beside them. */
  long outputRow;

  long inputRow() const { return static_cast<long>(groups) * inputs; }
  long filterRow() const { return static_cast<long>(groups) * filters; }
};

/**
 * y = the positive part, if `relu`, of the convolution plus the bias. Shapes: x [rows, groups, inputs], kernel [inputs, groups,
 * filters], bias [groups, filters] or null, y [rows, groups, filters].
 */
void pointwise(const PointwiseShape& shape, const float* x, const float* kernel, const float* bias, bool relu, float* y);

void pointwiseGradient(const PointwiseShape& shape, const float* dy, const float* x, const float* kernel, float* dx,
                       float* dkernel);

}  // namespace kindling
