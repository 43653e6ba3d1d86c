// Depthwise convolution on one image; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "block-kernels.h"
#include "vectors.h"

namespace {

using kindling::Windows;

struct Range {
  int from, to;
};

/** The outputs whose window has pixel `offset` of it inside an image of `size` pixels. */
inline Range outputsInside(int offset, int before, int stride, int size, int outputs) {
  // 0 <= output * stride - before + offset < size
  const int lead = before - offset, end = size + lead;
  const int from = lead > 0 ? (lead + stride - 1) / stride : 0;
  const int to = end > 0 ? (end + stride - 1) / stride : 0;
  return {from < outputs ? from : outputs, to < outputs ? to : outputs};
}

/**
 * Calls `each(first channel)` for vectors of channels. The last may begin before the one before it has ended: its lanes are
 * then computed twice, with the same result. With fewer channels than lanes there is one, and `Part` is true.
 */
template <class Whole, class Few>
inline void inChannels(int channels, Whole&& whole, Few&& few) {
  if (channels < kWidth) return few();
  int c = 0;
  for (; c + kWidth <= channels; c += kWidth) whole(c);
  if (c < channels) whole(channels - kWidth);
}

/** The columns whose windows do not reach beyond an image. */
inline Range wholeColumns(const Windows& at, int kernelWidth) {
  const Range first = outputsInside(0, at.left, at.stride, at.width, at.outputWidth);
  const Range last = outputsInside(kernelWidth - 1, at.left, at.stride, at.width, at.outputWidth);
  return first.from < last.to ? Range{first.from, last.to} : Range{at.outputWidth, at.outputWidth};
}

/**
 * Each kernel goes through the rows of an image, through the channels of a row, and through the row's columns: a few rows
 * fit the innermost cache with all of their channels. `Side` is that of the kernel where it is known to be square, else 0.
 */
template <int Side, bool Part>
void depthwiseRow(const Windows& at, int row, const float* x, const float* kernel, float* y) {
  const Lanes<Part> lanes{at.channels};
  const int channels = at.channels, kernelHeight = Side ? Side : at.kernelHeight,
            kernelWidth = Side ? Side : at.kernelWidth;
  Vector weights[Side ? Side * Side : kindling::kMostKernelPixels];
#pragma GCC unroll 9
  for (int k = 0; k < kernelHeight * kernelWidth; k++) weights[k] = lanes.load(kernel + k * channels);
  const auto inside = [](int first, int size, int extent) {
    const int left = size - first;
    return Range{first < 0 ? -first : 0, left < extent ? left : extent};
  };
  const int h = row * at.stride - at.top;
  const Range rows = inside(h, at.height, kernelHeight);
  const bool wholeRows = Side && rows.to - rows.from == kernelHeight;
  const auto edge = [&](int column) {
    const int w = column * at.stride - at.left;
    const float* from = x + (static_cast<long>(h) * at.width + w) * channels;
    const Range columns = inside(w, at.width, kernelWidth);
    Vector total{};
    for (int i = rows.from; i < rows.to; i++)
      for (int j = columns.from; j < columns.to; j++)
        total += lanes.load(from + (static_cast<long>(i) * at.width + j) * channels) *
                 lanes.load(kernel + (i * kernelWidth + j) * channels);
    lanes.store(y + static_cast<long>(column) * channels, total);
  };
  const Range whole = wholeRows ? wholeColumns(at, kernelWidth) : Range{at.outputWidth, at.outputWidth};
  for (int column = 0; column < whole.from; column++) edge(column);
  for (int column = whole.from; column < whole.to; column++) {
    const float* from = x + (static_cast<long>(h) * at.width + column * at.stride - at.left) * channels;
    // one sum for each row of the kernel, so that additions need not wait for one another
    Vector sums[Side ? Side : 1] = {};
#pragma GCC unroll 8
    for (int i = 0; i < Side; i++)
#pragma GCC unroll 8
      for (int j = 0; j < Side; j++)
        sums[i] += lanes.load(from + (static_cast<long>(i) * at.width + j) * channels) * weights[i * Side + j];
#pragma GCC unroll 8
    for (int i = 1; i < Side; i++) sums[0] += sums[i];
    lanes.store(y + static_cast<long>(column) * channels, sums[0]);
  }
  for (int column = whole.to; column < at.outputWidth; column++) edge(column);
}

template <int Side>
void depthwiseOf(const Windows& at, const float* x, const float* kernel, float* y) {
  for (int row = 0; row < at.outputHeight; row++, y += static_cast<long>(at.outputWidth) * at.channels)
    inChannels(
        at.channels, [&](int c) { depthwiseRow<Side, false>(at, row, x + c, kernel + c, y + c); },
        [&] { depthwiseRow<Side, true>(at, row, x, kernel, y); });
}

void depthwise(const Windows& at, const float* x, const float* kernel, float* y) {
  at.kernelHeight == 3 && at.kernelWidth == 3 ? depthwiseOf<3>(at, x, kernel, y) : depthwiseOf<0>(at, x, kernel, y);
}

/** Gathers, for each pixel of a row, from the outputs whose windows have it. */
template <bool Part>
void inputGradientRow(const Windows& at, int h, const float* dy, const float* kernel, float* dx) {
  const Lanes<Part> lanes{at.channels};
  const int channels = at.channels, stride = at.stride;
  // the places in the kernel at which a pixel is seen by the last output that sees it, and by those before
  const auto seen = [stride](int pixel, int outputs, int extent) {
    int from = pixel % stride;
    const int beyond = (pixel - from) / stride - (outputs - 1);
    if (beyond > 0) from += beyond * stride;
    return Range{from, pixel + 1 < extent ? pixel + 1 : extent};
  };
  const Range rows = seen(h + at.top, at.outputHeight, at.kernelHeight);
  for (int w = 0; w < at.width; w++, dx += channels) {
    const Range columns = seen(w + at.left, at.outputWidth, at.kernelWidth);
    Vector total{};
    for (int i = rows.from; i < rows.to; i += stride) {
      const long row = (h + at.top - i) / stride, column = (w + at.left - columns.from) / stride;
      const float* from = dy + (row * at.outputWidth + column) * channels;
      for (int j = columns.from; j < columns.to; j += stride, from -= channels)
        total += lanes.load(from) * lanes.load(kernel + (i * at.kernelWidth + j) * channels);
    }
    lanes.store(dx, total);
  }
}

void depthwiseInputGradient(const Windows& at, const float* dy, const float* kernel, float* dx) {
  for (int h = 0; h < at.height; h++, dx += static_cast<long>(at.width) * at.channels)
    inChannels(
        at.channels, [&](int c) { inputGradientRow<false>(at, h, dy + c, kernel + c, dx + c); },
        [&] { inputGradientRow<true>(at, h, dy, kernel, dx); });
}

/** From one row of outputs. */
template <int Side, bool Part>
void addKernelGradientRow(const Windows& at, int row, int count, const float* x, const float* dy, float* dkernel) {
  const Lanes<Part> lanes{count};
  const int channels = at.channels, kernelWidth = Side ? Side : at.kernelWidth;
  const Range whole = Side ? wholeColumns(at, kernelWidth) : Range{at.outputWidth, at.outputWidth};
  for (int i = 0; i < at.kernelHeight; i++) {
    const int h = row * at.stride - at.top + i;
    if (h < 0 || h >= at.height) continue;
    const float* image = x + static_cast<long>(h) * at.width * channels;
    const auto product = [&](int column, int j) {
      const long pixel = static_cast<long>(column) * at.stride - at.left + j;
      return lanes.load(image + pixel * channels) * lanes.load(dy + static_cast<long>(column) * channels);
    };
    Vector sums[Side ? Side : 1] = {};
    for (int column = whole.from; column < whole.to; column++)
#pragma GCC unroll 8
      for (int j = 0; j < Side; j++) sums[j] += product(column, j);
#pragma GCC unroll 8
    for (int j = 0; j < kernelWidth; j++) {
      const Range columns = outputsInside(j, at.left, at.stride, at.width, at.outputWidth);
      Vector sum = Side ? sums[Side ? j : 0] : Vector{};
      for (int column = columns.from; column < columns.to && column < whole.from; column++) sum += product(column, j);
      for (int column = columns.from > whole.to ? columns.from : whole.to; column < columns.to; column++)
        sum += product(column, j);
      float* to = dkernel + (i * kernelWidth + j) * channels;
      lanes.store(to, lanes.load(to) + sum);
    }
  }
}

template <int Side>
void addKernelGradient(const Windows& at, const float* x, const float* dy, float* dkernel) {
  for (int row = 0; row < at.outputHeight; row++, dy += static_cast<long>(at.outputWidth) * at.channels) {
    int c = 0;
    for (; c + kWidth <= at.channels; c += kWidth)
      addKernelGradientRow<Side, false>(at, row, kWidth, x + c, dy + c, dkernel + c);
    // what is added may not be added twice
    if (c < at.channels) addKernelGradientRow<Side, true>(at, row, at.channels - c, x + c, dy + c, dkernel + c);
  }
}

void addDepthwiseKernelGradient(const Windows& at, const float* x, const float* dy, float* dkernel) {
  at.kernelHeight == 3 && at.kernelWidth == 3 ? addKernelGradient<3>(at, x, dy, dkernel)
                                              : addKernelGradient<0>(at, x, dy, dkernel);
}

}  // namespace
