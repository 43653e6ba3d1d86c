// One instruction over one block; see elementwise.h. Included by block-kernels.cpp.
#pragma once

#include "block-kernels.h"
#include "vectors.h"

namespace {

inline Vector squareRoot(Vector value) {
#if defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_sqrt_ps(reinterpret_cast<__m512>(value)));
#elif defined(__AVX2__)
  return reinterpret_cast<Vector>(_mm256_sqrt_ps(reinterpret_cast<__m256>(value)));
#else
  for (int i = 0; i < kWidth; i++) value[i] = __builtin_sqrtf(value[i]);
  return value;
#endif
}

template <class Compute>
inline void overLanes(const float* a, const float* b, float single, long count, float* to, Compute compute) {
  const Vector same = splat(single);
  long at = 0;
  for (; at + kWidth <= count; at += kWidth) store(to + at, compute(load(a + at), b ? load(b + at) : same));
  const int rest = static_cast<int>(count - at);
  if (rest > 0) storePart(to + at, compute(loadPart(a + at, rest), b ? loadPart(b + at, rest) : same), rest);
}

void elementwise(kindling::ElementwiseOperator operation, const float* a, const float* b, float single, long count,
                 float* to) {
  const auto each = [&](auto compute) { overLanes(a, b, single, count, to, compute); };
  switch (operation) {
    case kindling::kAdd: return each([](Vector x, Vector y) { return x + y; });
    case kindling::kSubtract: return each([](Vector x, Vector y) { return x - y; });
    case kindling::kMultiply: return each([](Vector x, Vector y) { return x * y; });
    case kindling::kDivide: return each([](Vector x, Vector y) { return x / y; });
    case kindling::kSquare: return each([](Vector x, Vector) { return x * x; });
    case kindling::kSquareRoot: return each([](Vector x, Vector) { return squareRoot(x); });
  }
}

}  // namespace
