#include "swap.h"

#include <algorithm>
#include <cstring>

#include "isa.h"
#include "pool.h"

namespace kindling {

namespace {

/** Floats that one task moves, about. */
constexpr long kFloatsInTask = 16384;

/** Rows [first, second] transposed, for rows from `begin` to `end`. */
void transposeRows(const Axes& axes, long begin, long end, const float* from, float* to) {
  const long size = axes.first * axes.second;
  for (long row = begin; row < end; row++)
    kernels().transpose(from + row * size, static_cast<int>(axes.first), static_cast<int>(axes.second), to + row * size);
}

/** Pieces of `inner` floats, for `first` from `begin` to `end` of each outer row. */
void movePieces(const Axes& axes, long begin, long end, const float* from, float* to) {
  for (long outer = 0; outer < axes.outer; outer++) {
    const long start = outer * axes.first * axes.second * axes.inner;
    for (long i = begin; i < end; i++)
      kernels().movePieces(from + start + i * axes.second * axes.inner, axes.second, axes.inner,
                           axes.first * axes.inner, to + start + i * axes.inner);
  }
}

}  // namespace

void swapAxes(const Axes& axes, const float* from, float* to) {
  const long floats = axes.outer * axes.first * axes.second * axes.inner;
  const bool single = axes.inner == 1;
  const long steps = single ? axes.outer : axes.first;
  if (floats == 0) return;
  const long inTask = std::max(1L, kFloatsInTask / (floats / steps));
  overParts((steps + inTask - 1) / inTask, floats, [&](long task) {
    const long begin = task * inTask, end = std::min(steps, begin + inTask);
    single ? transposeRows(axes, begin, end, from, to) : movePieces(axes, begin, end, from, to);
  });
}

}  // namespace kindling
