// The shapes of convolutions from the tensors of an operation.
#pragma once

#include "operation.h"
#include "pointwise.h"
#include "window-attributes.h"

namespace kindling {

/** @param kernel [1, 1, channels / groups, filters] */
inline PointwiseShape pointwiseShape(const Tensor& x, const Tensor& kernel, int groups) {
  const Shape shape = x.shape(), extents = kernel.shape();
  if (groups < 1) throw InvalidArgument("pointwise convolution: there must be a group");
  if (shape.size() != 4 || extents.size() != 4 || extents[0] != 1 || extents[1] != 1 ||
      extents[2] * groups != shape[3] || extents[3] % groups != 0 || kernel.size() == 0)
    throw InvalidArgument("pointwise convolution: the kernel does not fit the image");
  return {x.size() / shape[3], groups, static_cast<int>(extents[2]), static_cast<int>(extents[3] / groups),
          static_cast<long>(extents[3])};
}

/** @param kernel [3, 3, channels, filters] */
inline WinogradShape winogradShape(const WindowAttributes& window, const Tensor& x, const Tensor& kernel) {
  const Shape weights = kernel.shape();
  if (weights.size() != 4 || weights[0] != 3 || weights[1] != 3 || weights[2] != x.shape().back() || kernel.size() == 0)
    throw InvalidArgument("3x3 convolution: the kernel is not [3, 3, channels, filters]");
  const Windows windows = window.over(x, 3, 3);
  if (windows.stride != 1 || windows.top > 2 || windows.left > 2)
    throw InvalidArgument("3x3 convolution: the stride is not one, or the padding more than two");
  return {x.shape()[0], windows, static_cast<int>(weights[3]), windows.channels, static_cast<long>(weights[3]), nullptr};
}

}  // namespace kindling
