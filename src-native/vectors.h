// Vectors of floats in the widest registers that this translation unit is compiled for. Everything here has internal linkage:
// the same source is compiled once for each instruction set, and no copy may stand in for another when they are linked.
#pragma once

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace {

#if defined(__AVX512F__)
constexpr int kWidth = 16;
#elif defined(__AVX2__)
constexpr int kWidth = 8;
#else
constexpr int kWidth = 4;
#endif

/** A number that is known when this is compiled, as an argument. */
template <int Value>
struct Number {
  static constexpr int value = Value;
};

/** Vectors of which sums are held in registers; see Rows, whose groups are never shorter. */
constexpr int kShortGroup = 8;

typedef float Vector __attribute__((vector_size(4 * kWidth)));
typedef float Unaligned __attribute__((vector_size(4 * kWidth), aligned(4), may_alias));

constexpr int kHalf = kWidth / 2;
typedef float Half __attribute__((vector_size(4 * kHalf)));
typedef float UnalignedHalf __attribute__((vector_size(4 * kHalf), aligned(4), may_alias));

inline Vector load(const float* from) { return *reinterpret_cast<const Unaligned*>(from); }
inline void store(float* to, Vector value) { *reinterpret_cast<Unaligned*>(to) = value; }
inline Half loadHalf(const float* from) { return *reinterpret_cast<const UnalignedHalf*>(from); }
inline void storeHalf(float* to, Half value) { *reinterpret_cast<UnalignedHalf*>(to) = value; }
inline Vector splat(float value) { return value - Vector{}; }

/** The first `count` lanes; the others are zero. */
inline Vector loadPart(const float* from, int count) {
#if defined(__AVX512F__)
  return reinterpret_cast<Vector>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1 << count) - 1), from));
#elif defined(__AVX2__)
  const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  return reinterpret_cast<Vector>(_mm256_maskload_ps(from, _mm256_cmpgt_epi32(_mm256_set1_epi32(count), lane)));
#else
  Vector value{};
  for (int i = 0; i < count; i++) value[i] = from[i];
  return value;
#endif
}
inline void storePart(float* to, Vector value, int count) {
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1 << count) - 1), reinterpret_cast<__m512>(value));
#else
  for (int i = 0; i < count; i++) to[i] = value[i];
#endif
}

/** TensorFlow's ReLU: what is no number stays so. */
inline Vector positivePart(Vector value) { return value <= 0.f ? Vector{} : value; }
inline Half positivePart(Half value) { return value <= 0.f ? Half{} : value; }
inline float positivePart(float value) { return value <= 0.f ? 0.f : value; }

/** TensorFlow's ReluGrad: nothing passes where the output is no number. */
inline Vector whereAboveZero(Vector output, Vector value) { return output > 0.f ? value : Vector{}; }
inline float whereAboveZero(float output, float value) { return output > 0.f ? value : 0.f; }

/** Loads and stores the lanes that there are: all, or as many as the tensor has channels. */
template <bool Part>
struct Lanes {
  int count;
  Vector load(const float* from) const { return Part ? loadPart(from, count) : ::load(from); }
  void store(float* to, Vector value) const { Part ? storePart(to, value, count) : ::store(to, value); }
};

}  // namespace
