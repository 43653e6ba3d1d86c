// Sums over the rows of a block, for each lane of a group of rows; see Rows.
#pragma once

#include "vectors.h"

namespace {

/**
 * Sums of each lane: `add(at, lane, sums)` for each vector of the groups, in memory's order. The sums stand in registers if
 * a group is as short as they are many, and in the cache otherwise: taking a few lanes at a time through all groups would
 * spare that, but leaps through memory, which costs more.
 *
 * @param sums [Sums, period]
 */
template <int Sums, class Add>
inline void sumLanes(long groups, int period, float* sums, Add&& add) {
  if (period == kShortGroup * kWidth) {
    Vector held[Sums][kShortGroup] = {};
    for (long g = 0; g < groups; g++)
#pragma GCC unroll 8
      for (int i = 0; i < kShortGroup; i++) {
        Vector terms[Sums];
        add(g * period + i * kWidth, i * kWidth, terms);
#pragma GCC unroll 2
        for (int s = 0; s < Sums; s++) held[s][i] += terms[s];
      }
    for (int s = 0; s < Sums; s++)
      for (int i = 0; i < kShortGroup; i++) store(sums + s * period + i * kWidth, held[s][i]);
    return;
  }
  for (int p = 0; p < Sums * period; p++) sums[p] = 0;
  for (long g = 0; g < groups; g++)
    for (int p = 0; p < period; p += kWidth) {
      Vector terms[Sums];
      add(g * period + p, p, terms);
      for (int s = 0; s < Sums; s++) store(sums + s * period + p, load(sums + s * period + p) + terms[s]);
    }
}

}  // namespace
