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

/** The pixels or rows of a window of `extent`, the first of which is at `first`, that are inside an image of `size`. */
inline Range inside(int first, int size, int extent) {
  const int left = size - first;
  return {first < 0 ? -first : 0, left < extent ? left : extent};
}

/** A kernel's extent and a stride that most networks have are known when this is compiled: see the functions for 3x3. */
constexpr int kSide = 3;

/** Outputs, or pairs of pixels, side by side: what they read overlaps, and their sums need not wait for one another. */
constexpr int kInTile = 4;

/** Calls `tile(count, first)`, the count a constant: as many whole tiles as there are, then smaller ones. */
template <class Tile>
inline void inTiles(int from, int to, Tile&& tile) {
  for (; from + kInTile <= to; from += kInTile) tile(Number<kInTile>{}, from);
  for (; from + 2 <= to; from += 2) tile(Number<2>{}, from);
  for (; from < to; from++) tile(Number<1>{}, from);
}

/**
 * Each kernel goes through the rows of an image, through the channels of a row, and through the row's columns: a few rows
 * fit the innermost cache with all of their channels. What lies outside of an image is left out, not multiplied as a zero.
 */
template <int Stride, bool Part>
void depthwiseRow3x3(const Windows& at, int row, const float* x, const float* kernel, float* y) {
  const Lanes<Part> lanes{at.channels};
  const int channels = at.channels, h = row * Stride - at.top;
  const long rowStep = static_cast<long>(at.width) * channels;
  const Range rows = inside(h, at.height, kSide);
  inTiles(0, at.outputWidth, [&](auto count, int column) {
    constexpr int kOutputs = decltype(count)::value, kPixels = (kOutputs - 1) * Stride + kSide;
    const int w = column * Stride - at.left;
    const Range columns = inside(w, at.width, kPixels);
    Vector sums[kOutputs] = {};
    for (int i = rows.from; i < rows.to; i++) {
      const float* from = x + (h + i) * rowStep + static_cast<long>(w) * channels;
      Vector weights[kSide];
#pragma GCC unroll 3
      for (int j = 0; j < kSide; j++) weights[j] = lanes.load(kernel + (i * kSide + j) * channels);
#pragma GCC unroll 16
      for (int pixel = 0; pixel < kPixels; pixel++) {
        if (pixel < columns.from || pixel >= columns.to) continue;
        const Vector value = lanes.load(from + pixel * channels);
#pragma GCC unroll 4
        for (int output = 0; output < kOutputs; output++) {
          const int j = pixel - output * Stride;
          if (j >= 0 && j < kSide) sums[output] += value * weights[j];
        }
      }
    }
#pragma GCC unroll 4
    for (int output = 0; output < kOutputs; output++)
      lanes.store(y + static_cast<long>(column + output) * channels, sums[output]);
  });
}

template <bool Part>
void depthwiseRow(const Windows& at, int row, const float* x, const float* kernel, float* y) {
  const Lanes<Part> lanes{at.channels};
  const int channels = at.channels, h = row * at.stride - at.top;
  const Range rows = inside(h, at.height, at.kernelHeight);
  for (int column = 0; column < at.outputWidth; column++) {
    const int w = column * at.stride - at.left;
    const float* from = x + (static_cast<long>(h) * at.width + w) * channels;
    const Range columns = inside(w, at.width, at.kernelWidth);
    Vector total{};
    for (int i = rows.from; i < rows.to; i++)
      for (int j = columns.from; j < columns.to; j++)
        total += lanes.load(from + (static_cast<long>(i) * at.width + j) * channels) *
                 lanes.load(kernel + (i * at.kernelWidth + j) * channels);
    lanes.store(y + static_cast<long>(column) * channels, total);
  }
}

inline bool is3x3(const Windows& at, int stride) {
  return at.kernelHeight == kSide && at.kernelWidth == kSide && at.stride == stride;
}

/** Asks for rows that are needed soon: vectors of channels lie apart, which a processor does not foresee. */
inline void fetchRows(const Windows& at, const float* x, int from, int count) {
  const long inRow = static_cast<long>(at.width) * at.channels;
  for (long i = from * inRow; i < (from + count) * inRow; i += 16) __builtin_prefetch(x + i);
}

void depthwise(const Windows& at, const float* x, const float* kernel, float* y) {
  const auto rows = [&](auto&& whole, auto&& few) {
    for (int row = 0; row < at.outputHeight; row++, y += static_cast<long>(at.outputWidth) * at.channels) {
      fetchRows(at, x, row * at.stride - at.top + at.kernelHeight, at.stride);
      inChannels(at.channels, [&](int c) { whole(at, row, x + c, kernel + c, y + c); }, [&] { few(at, row, x, kernel, y); });
    }
  };
  if (is3x3(at, 1)) rows(depthwiseRow3x3<1, false>, depthwiseRow3x3<1, true>);
  else if (is3x3(at, 2)) rows(depthwiseRow3x3<2, false>, depthwiseRow3x3<2, true>);
  else rows(depthwiseRow<false>, depthwiseRow<true>);
}

/**
 * At a stride of two a pixel at an odd place, counted from the padding's first on, is seen by the middle of one output's
 * window, and one at an even place by the first and last weight of two. Pixels are computed in such pairs.
 */
template <bool Part>
void inputGradientRow3x3(const Windows& at, int h, const float* dy, const float* kernel, float* dx) {
  const Lanes<Part> lanes{at.channels};
  const int channels = at.channels, place = h + at.top;
  inTiles(at.left / 2, (at.left + at.width + 1) / 2, [&](auto count, int pair) {
    constexpr int kPairs = decltype(count)::value;
    // of the output before the first pair's, and of each pair's
    const Range columns = inside(pair - 1, at.outputWidth, kPairs + 1);
    Vector even[kPairs] = {}, odd[kPairs] = {};
    for (int i = place % 2; i < kSide; i += 2) {
      const int row = (place - i) / 2;
      if (i > place || row >= at.outputHeight) continue;
      const float* from = dy + (static_cast<long>(row) * at.outputWidth + pair - 1) * channels;
      Vector weights[kSide];
#pragma GCC unroll 3
      for (int j = 0; j < kSide; j++) weights[j] = lanes.load(kernel + (i * kSide + j) * channels);
#pragma GCC unroll 8
      for (int column = 0; column <= kPairs; column++) {
        if (column < columns.from || column >= columns.to) continue;
        const Vector value = lanes.load(from + column * channels);
        if (column > 0) even[column - 1] += value * weights[0];
        if (column > 0) odd[column - 1] += value * weights[1];
        if (column < kPairs) even[column] += value * weights[2];
      }
    }
#pragma GCC unroll 4
    for (int i = 0; i < kPairs; i++) {
      const int w = (pair + i) * 2 - at.left;
      if (w >= 0 && w < at.width) lanes.store(dx + static_cast<long>(w) * channels, even[i]);
      if (w + 1 >= 0 && w + 1 < at.width) lanes.store(dx + static_cast<long>(w + 1) * channels, odd[i]);
    }
  });
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
  const auto rows = [&](auto&& whole, auto&& few) {
    for (int h = 0; h < at.height; h++, dx += static_cast<long>(at.width) * at.channels)
      inChannels(at.channels, [&](int c) { whole(at, h, dy + c, kernel + c, dx + c); }, [&] { few(at, h, dy, kernel, dx); });
  };
  if (is3x3(at, 2)) rows(inputGradientRow3x3<false>, inputGradientRow3x3<true>);
  else rows(inputGradientRow<false>, inputGradientRow<true>);
}

/** From some rows of outputs. Its nine sums stand in registers meanwhile. */
template <bool Part>
void addKernelGradientRows3x3(const Windows& at, Range rows, int count, const float* x, const float* dy, float* dkernel) {
  const Lanes<Part> lanes{count};
  const int channels = at.channels, stride = at.stride;
  const long rowStep = static_cast<long>(at.width) * channels;
  const Range first = outputsInside(0, at.left, stride, at.width, at.outputWidth);
  const Range last = outputsInside(kSide - 1, at.left, stride, at.width, at.outputWidth);
  const int wholeFrom = first.from < last.to ? first.from : at.outputWidth, wholeTo = last.to;
  Vector sums[kSide][kSide];
  const auto eachWeight = [&](auto&& use) {
#pragma GCC unroll 3
    for (int i = 0; i < kSide; i++)
#pragma GCC unroll 3
      for (int j = 0; j < kSide; j++) use(sums[i][j], dkernel + (i * kSide + j) * channels);
  };
  eachWeight([&](Vector& sum, const float* from) { sum = lanes.load(from); });
  for (int row = rows.from; row < rows.to; row++) {
    const int h = row * stride - at.top;
    const Range seen = inside(h, at.height, kSide);
    const float* gradients = dy + static_cast<long>(row) * at.outputWidth * channels;
    const auto add = [&](int column, Range columns) {
      const Vector gradient = lanes.load(gradients + static_cast<long>(column) * channels);
      const float* from = x + h * rowStep + (static_cast<long>(column) * stride - at.left) * channels;
#pragma GCC unroll 3
      for (int i = 0; i < kSide; i++) {
        if (i < seen.from || i >= seen.to) continue;
#pragma GCC unroll 3
        for (int j = 0; j < kSide; j++)
          if (j >= columns.from && j < columns.to) sums[i][j] += lanes.load(from + i * rowStep + j * channels) * gradient;
      }
    };
    const auto edge = [&](int column) { add(column, inside(column * stride - at.left, at.width, kSide)); };
    int column = 0;
    for (; column < wholeFrom; column++) edge(column);
    for (; column < wholeTo; column++) add(column, {0, kSide});
    for (; column < at.outputWidth; column++) edge(column);
  }
  eachWeight([&](Vector& sum, float* to) { lanes.store(to, sum); });
}

/** From some rows of outputs. */
template <bool Part>
void addKernelGradientRows(const Windows& at, Range rows, int count, const float* x, const float* dy, float* dkernel) {
  const Lanes<Part> lanes{count};
  const int channels = at.channels;
  for (int row = rows.from; row < rows.to; row++)
    for (int i = 0; i < at.kernelHeight; i++) {
      const int h = row * at.stride - at.top + i;
      if (h < 0 || h >= at.height) continue;
      for (int j = 0; j < at.kernelWidth; j++) {
        const Range columns = outputsInside(j, at.left, at.stride, at.width, at.outputWidth);
        float* to = dkernel + (i * at.kernelWidth + j) * channels;
        Vector sum = lanes.load(to);
        for (int column = columns.from; column < columns.to; column++) {
          const long pixel = static_cast<long>(h) * at.width + static_cast<long>(column) * at.stride - at.left + j;
          sum += lanes.load(x + pixel * channels) *
                 lanes.load(dy + (static_cast<long>(row) * at.outputWidth + column) * channels);
        }
        lanes.store(to, sum);
      }
    }
}

/** Floats of x in the rows that are gone through for one vector of channels after another: half of an innermost cache. */
constexpr long kFloatsInRows = 4096;

void addDepthwiseKernelGradient(const Windows& at, const float* x, const float* dy, float* dkernel) {
  const auto chunks = [&](auto&& whole, auto&& part) {
    const long inRow = static_cast<long>(at.width) * at.channels * at.stride;
    const int rows = inRow < kFloatsInRows ? static_cast<int>(kFloatsInRows / inRow) : 1;
    for (int row = 0; row < at.outputHeight; row += rows) {
      const Range chunk{row, row + rows < at.outputHeight ? row + rows : at.outputHeight};
      fetchRows(at, x, (row + rows) * at.stride - at.top + at.kernelHeight - at.stride, rows * at.stride);
      int c = 0;
      for (; c + kWidth <= at.channels; c += kWidth) whole(at, chunk, kWidth, x + c, dy + c, dkernel + c);
      // what is added may not be added twice
      if (c < at.channels) part(at, chunk, at.channels - c, x + c, dy + c, dkernel + c);
    }
  };
  if (at.kernelHeight == kSide && at.kernelWidth == kSide)
    chunks(addKernelGradientRows3x3<false>, addKernelGradientRows3x3<true>);
  else chunks(addKernelGradientRows<false>, addKernelGradientRows<true>);
}

}  // namespace
