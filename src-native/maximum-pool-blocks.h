// The gradient of a maximum pool, on one image; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "block-kernels.h"
#include "vectors.h"

namespace {

template <bool Part>
void maximumPoolGradientAt(const Windows& at, int h, int w, int count, const float* x, const float* y, const float* dy,
                           float* dx) {
  const Lanes<Part> lanes{count};
  const Vector most = lanes.load(y);
  Vector left = lanes.load(dy);
  const int top = h < 0 ? -h : 0, bottom = at.height - h < at.kernelHeight ? at.height - h : at.kernelHeight;
  const int start = w < 0 ? -w : 0, end = at.width - w < at.kernelWidth ? at.width - w : at.kernelWidth;
  for (int i = top; i < bottom; i++)
    for (int j = start; j < end; j++) {
      const long pixel = (static_cast<long>(h + i) * at.width + w + j) * at.channels;
      const auto found = lanes.load(x + pixel) == most;
      lanes.store(dx + pixel, lanes.load(dx + pixel) + (found ? left : Vector{}));
      left = found ? Vector{} : left;
    }
}

void maximumPoolGradient(const Windows& at, const float* x, const float* y, const float* dy, float* dx) {
  const long size = static_cast<long>(at.height) * at.width * at.channels;
  for (long i = 0; i < size; i++) dx[i] = 0;
  for (int row = 0; row < at.outputHeight; row++)
    for (int column = 0; column < at.outputWidth; column++, y += at.channels, dy += at.channels) {
      const int h = row * at.stride - at.top, w = column * at.stride - at.left;
      int c = 0;
      for (; c + kWidth <= at.channels; c += kWidth)
        maximumPoolGradientAt<false>(at, h, w, kWidth, x + c, y + c, dy + c, dx + c);
      if (c < at.channels) maximumPoolGradientAt<true>(at, h, w, at.channels - c, x + c, y + c, dy + c, dx + c);
    }
}

}  // namespace
