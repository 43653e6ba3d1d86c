// Batch norm on one block; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "block-kernels.h"
#include "sum-lanes.h"
#include "vectors.h"

namespace {

using kindling::NormLanes;

void moments(const float* x, long groups, int period, float* moments) {
  float* const mean = moments;
  sumLanes<1>(groups, period, mean, [&](long at, int, Vector* terms) { terms[0] = load(x + at); });
  const float share = 1.f / static_cast<float>(groups);
  for (int p = 0; p < period; p++) mean[p] *= share;
  sumLanes<1>(groups, period, moments + period, [&](long at, int lane, Vector* terms) {
    const Vector apart = load(x + at) - load(mean + lane);
    terms[0] = apart * apart;
  });
}

void addMeans(const float* moments, int period, long count, double* sums) {
  for (int p = 0; p < period; p++) sums[p] += static_cast<double>(count) * moments[p];
}

void addSquares(const float* moments, int period, long count, const double* middle, double* squares) {
  for (int p = 0; p < period; p++) {
    const double apart = moments[p] - middle[p];
    squares[p] += moments[period + p] + static_cast<double>(count) * apart * apart;
  }
}

void addSums(const float* part, long count, double* sums) {
  for (long i = 0; i < count; i++) sums[i] += part[i];
}

template <class Value>
inline Value normalized(Value x, Value mean, Value scale, Value shift) {
  return (x - mean) * scale + shift;
}

/** dz: dy, or dy where the ReLU let the output pass. */
template <bool Relu, class Value>
inline Value passed(Value dy, Value x, Value mean, Value scale, Value shift) {
  return Relu ? whereAboveZero(normalized(x, mean, scale, shift), dy) : dy;
}

/** `vector(at, lane)` for whole vectors, `single(at, lane)` for what is left; `count` floats from a group's first lane on. */
template <class OnVector, class OnSingle>
inline void eachElement(long count, int period, OnVector&& vector, OnSingle&& single) {
  long at = 0;
  for (; at + period <= count; at += period)
    for (int p = 0; p < period; p += kWidth) vector(at + p, p);
  int p = 0;
  for (; at + p + kWidth <= count; p += kWidth) vector(at + p, p);
  for (; at + p < count; p++) single(at + p, p);
}

template <bool Relu>
void normalizeBlock(const float* x, long count, int period, const NormLanes& lanes, float* y) {
  const auto [mean, scale, shift] = lanes;
  eachElement(
      count, period,
      [&](long at, int p) {
        const Vector value = normalized(load(x + at), load(mean + p), load(scale + p), load(shift + p));
        store(y + at, Relu ? positivePart(value) : value);
      },
      [&](long at, int p) {
        const float value = normalized(x[at], mean[p], scale[p], shift[p]);
        y[at] = Relu ? positivePart(value) : value;
      });
}

void normalize(const float* x, long count, int period, const NormLanes& lanes, bool relu, float* y) {
  relu ? normalizeBlock<true>(x, count, period, lanes, y) : normalizeBlock<false>(x, count, period, lanes, y);
}

template <bool Relu>
void gradientSumsBlock(const float* dy, const float* x, long groups, int period, const NormLanes& lanes, float* sums) {
  const auto [mean, scale, shift] = lanes;
  sumLanes<2>(groups, period, sums, [&](long at, int p, Vector* terms) {
    const Vector value = load(x + at);
    terms[0] = passed<Relu>(load(dy + at), value, load(mean + p), load(scale + p), load(shift + p));
    terms[1] = terms[0] * (value - load(mean + p));
  });
}

void gradientSums(const float* dy, const float* x, long groups, int period, const NormLanes& lanes, bool relu,
                  float* sums) {
  relu ? gradientSumsBlock<true>(dy, x, groups, period, lanes, sums)
       : gradientSumsBlock<false>(dy, x, groups, period, lanes, sums);
}

template <bool Relu>
void addGradientRestBlock(const float* dy, const float* x, long count, int period, const NormLanes& lanes,
                          double* sums) {
  const auto [mean, scale, shift] = lanes;
  for (long p = 0; p < count; p++) {
    const float dz = passed<Relu>(dy[p], x[p], mean[p], scale[p], shift[p]);
    sums[p] += dz;
    sums[period + p] += static_cast<double>(dz) * (x[p] - mean[p]);
  }
}

void addGradientRest(const float* dy, const float* x, long count, int period, const NormLanes& lanes, bool relu,
                     double* sums) {
  relu ? addGradientRestBlock<true>(dy, x, count, period, lanes, sums)
       : addGradientRestBlock<false>(dy, x, count, period, lanes, sums);
}

template <bool Relu>
void normalizeGradientBlock(const float* dy, const float* x, long count, int period, const NormLanes& lanes,
                            const float* slope, const float* offset, float* dx) {
  const auto [mean, scale, shift] = lanes;
  eachElement(
      count, period,
      [&](long at, int p) {
        const Vector value = load(x + at), middle = load(mean + p), factor = load(scale + p);
        const Vector dz = passed<Relu>(load(dy + at), value, middle, factor, load(shift + p));
        store(dx + at, dz * factor + ((value - middle) * load(slope + p) + load(offset + p)));
      },
      [&](long at, int p) {
        const float dz = passed<Relu>(dy[at], x[at], mean[p], scale[p], shift[p]);
        dx[at] = dz * scale[p] + ((x[at] - mean[p]) * slope[p] + offset[p]);
      });
}

void normalizeGradient(const float* dy, const float* x, long count, int period, const NormLanes& lanes,
                       const float* slope, const float* offset, bool relu, float* dx) {
  relu ? normalizeGradientBlock<true>(dy, x, count, period, lanes, slope, offset, dx)
       : normalizeGradientBlock<false>(dy, x, count, period, lanes, slope, offset, dx);
}

}  // namespace
