#include "swap.h"

#include <algorithm>

#include "isa.h"
#include "pool.h"

namespace kindling {

namespace {

/** Floats that one task moves, about. */
constexpr long kFloatsInTask = 16384;

}  // namespace

void swapAxes(const Axes& axes, const float* from, float* to) {
  const long size = axes.first * axes.second;
  if (axes.outer == 0) return;
  const long inTask = std::max(1L, kFloatsInTask / size);
  overParts((axes.outer + inTask - 1) / inTask, axes.outer * size, [&](long task) {
    const long end = std::min(axes.outer, (task + 1) * inTask);
    for (long row = task * inTask; row < end; row++)
      kernels().transpose(from + row * size, static_cast<int>(axes.first), static_cast<int>(axes.second),
                          to + row * size);
  });
}

}  // namespace kindling
