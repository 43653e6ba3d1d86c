// The gradient of a bias and a ReLU, on one block; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "sum-lanes.h"
#include "vectors.h"

namespace {

void reluGradientSums(const float* dy, const float* y, long groups, int period, float* dx, float* sums) {
  sumLanes<1>(groups, period, sums, [&](long at, int, Vector* terms) {
    terms[0] = whereAboveZero(load(y + at), load(dy + at));
    store(dx + at, terms[0]);
  });
}

void addReluGradientRest(const float* dy, const float* y, long count, float* dx, double* sums) {
  for (long p = 0; p < count; p++) {
    dx[p] = whereAboveZero(y[p], dy[p]);
    sums[p] += dx[p];
  }
}

}  // namespace
