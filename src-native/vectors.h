// Vectors of floats in the widest registers that this translation unit is compiled for. Everything here has internal linkage:
// the same source is compiled once for each instruction set, and no copy may stand in for another when they are linked.
#pragma once

#include <cstdint>
#include <cstring>

namespace {

#if defined(__AVX512F__)
constexpr int kWidth = 16;
#elif defined(__AVX2__)
constexpr int kWidth = 8;
#else
constexpr int kWidth = 4;
#endif

/** Vectors of which sums are held in registers; see Rows, whose groups are never shorter. */
constexpr int kShortGroup = 8;

typedef float Vector __attribute__((vector_size(4 * kWidth)));
typedef float Unaligned __attribute__((vector_size(4 * kWidth), aligned(4), may_alias));

inline Vector load(const float* from) { return *reinterpret_cast<const Unaligned*>(from); }
inline void store(float* to, Vector value) { *reinterpret_cast<Unaligned*>(to) = value; }
inline Vector splat(float value) { return value - Vector{}; }

/** The first `count` lanes; the others are zero. */
inline Vector loadPart(const float* from, int count) {
  Vector value{};
  memcpy(&value, from, 4 * static_cast<size_t>(count));
  return value;
}
inline void storePart(float* to, Vector value, int count) { memcpy(to, &value, 4 * static_cast<size_t>(count)); }

/** TensorFlow's ReLU: what is no number stays so. */
inline Vector positivePart(Vector value) { return value <= 0.f ? Vector{} : value; }
inline float positivePart(float value) { return value <= 0.f ? 0.f : value; }

/** TensorFlow's ReluGrad: nothing passes where the output is no number. */
inline Vector whereAboveZero(Vector output, Vector value) { return output > 0.f ? value : Vector{}; }
inline float whereAboveZero(float output, float value) { return output > 0.f ? value : 0.f; }

}  // namespace
