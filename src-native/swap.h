// Exchanges two axes: a channel shuffle.
#pragma once

namespace kindling {

/** [outer, first, second] to [outer, second, first] */
struct Axes {
  long outer, first, second;
};

void swapAxes(const Axes& axes, const float* from, float* to);

}  // namespace kindling
