// Exchanges two axes next to each other.
#pragma once

namespace kindling {

/** [outer, first, second, inner] to [outer, second, first, inner]: channel shuffles, and groups of channels as matrices. */
struct Axes {
  long outer, first, second, inner;
};

void swapAxes(const Axes& axes, const float* from, float* to);

}  // namespace kindling
