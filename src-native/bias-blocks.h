// The gradient of a ReLU and of the bias before it, on one block; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "sum-lanes.h"
#include "vectors.h"

namespace {

void rectifyGradient(const float* dy, const float* y, long groups, int period, float* dz, float* sums) {
  sumLanes<1>(groups, period, sums, [&](long at, int, Vector* terms) {
    terms[0] = whereAboveZero(load(y + at), load(dy + at));
    store(dz + at, terms[0]);
  });
}

}  // namespace
