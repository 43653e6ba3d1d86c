// Products of matrices of which one is small, on one block of rows; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "block-kernels.h"
#include "vectors.h"

namespace {

/** What a product begins with, rows `row` floats apart (0: the same for all), and whether what is not above zero becomes zero. */
struct Initial {
  const float* values;
  long row;
  bool relu;
};

/** Rows that all panels go through while they are in the innermost cache: a multiple of what each panel holds. */
constexpr int kRowsAtOnce = 48;

/** Rows whose sums are in registers together, of so many vectors each. */
constexpr int rowsHeld(int vectors) {
  constexpr bool kManyRegisters = kWidth == 16;
  return kManyRegisters ? (vectors == 3 ? 8 : vectors == 2 ? 12 : 16) : (vectors == 3 ? 4 : vectors == 2 ? 6 : 8);
}

/**
 * A tile of `Held` rows: c = initial + a b. A row is `Whole` vectors and, with `Rest`, half a one. The elements of a row of
 * `a` follow one another and rows are `aStep` apart, or, `Across`, the other way round.
 */
template <int Held, int Whole, bool Rest, bool Across>
inline void productTile(const float* a, long aStep, const float* b, long bRow, long depth, const Initial& initial,
                        float* c, long cRow, int lanes) {
  constexpr int kVectors = Whole ? Whole : 1, kRest = Whole * kWidth;
  Vector sums[Held][kVectors];
  Half halves[Held];
#pragma GCC unroll 16
  for (int i = 0; i < Held; i++) {
#pragma GCC unroll 3
    for (int j = 0; j < Whole; j++) sums[i][j] = load(initial.values + i * initial.row + j * kWidth);
    if (Rest) halves[i] = loadHalf(initial.values + i * initial.row + kRest);
  }
  for (long k = 0; k < depth; k++, a += Across ? aStep : 1, b += bRow) {
    Vector right[kVectors];
    Half rightHalf{};
#pragma GCC unroll 3
    for (int j = 0; j < Whole; j++) right[j] = load(b + j * kWidth);
    if (Rest) rightHalf = loadHalf(b + kRest);
#pragma GCC unroll 16
    for (int i = 0; i < Held; i++) {
      const float left = a[Across ? i : i * aStep];
#pragma GCC unroll 3
      for (int j = 0; j < Whole; j++) sums[i][j] += left * right[j];
      if (Rest) halves[i] += left * rightHalf;
    }
  }
  const int last = lanes - (Rest ? kRest : kRest - kWidth);
#pragma GCC unroll 16
  for (int i = 0; i < Held; i++, c += cRow) {
#pragma GCC unroll 3
    for (int j = 0; j < Whole; j++) {
      if (initial.relu) sums[i][j] = positivePart(sums[i][j]);
      if (Rest || j + 1 < Whole || last == kWidth) store(c + j * kWidth, sums[i][j]);
      else storePart(c + j * kWidth, sums[i][j], last);
    }
    if (!Rest) continue;
    if (initial.relu) halves[i] = positivePart(halves[i]);
    if (last == kHalf) storeHalf(c + kRest, halves[i]);
    else
      for (int lane = 0; lane < last; lane++) c[kRest + lane] = halves[i][lane];
  }
}

template <int Whole, bool Rest, bool Across>
void productPanel(const float* a, long aStep, int rows, const float* b, long bRow, long depth, Initial initial, float* c,
                  long cRow, int lanes) {
  constexpr int kHeld = rowsHeld(Whole + (Rest ? 1 : 0));
  const auto tiles = [&](auto held) {
    constexpr int kRows = decltype(held)::value;
    for (; rows >= kRows; rows -= kRows) {
      productTile<kRows, Whole, Rest, Across>(a, aStep, b, bRow, depth, initial, c, cRow, lanes);
      a += Across ? kRows : kRows * aStep;
      initial.values += kRows * initial.row;
      c += kRows * cRow;
    }
  };
  tiles(Number<kHeld>{});
  tiles(Number<4>{});
  tiles(Number<1>{});
}

template <bool Across>
void products(const float* a, long aStep, int rows, const float* b, long bRow, bool packed, long depth, int columns,
              Initial initial, float* c, long cRow) {
  for (int begin = 0; begin < columns;) {
    const int left = columns - begin, halves = (left + kHalf - 1) / kHalf;
    const int taken = halves < kindling::kHalvesInPanel ? halves : kindling::kHalvesInPanel;
    const int width = taken * kHalf, lanes = left < width ? left : width;
    const long step = packed ? width : bRow;
    const auto panel = [&](auto whole, auto rest) {
      productPanel<decltype(whole)::value, decltype(rest)::value == 1, Across>(a, aStep, rows, b, step, depth, initial, c,
                                                                              cRow, lanes);
    };
    switch (taken) {
      case 1: panel(Number<0>{}, Number<1>{}); break;
      case 2: panel(Number<1>{}, Number<0>{}); break;
      case 3: panel(Number<1>{}, Number<1>{}); break;
      case 4: panel(Number<2>{}, Number<0>{}); break;
      case 5: panel(Number<2>{}, Number<1>{}); break;
      default: panel(Number<3>{}, Number<0>{});
    }
    b += packed ? depth * width : width;
    c += width;
    initial.values += width;
    begin += width;
  }
}

/** Asks for rows that are needed soon: they lie apart from each other, which a processor does not foresee. */
inline void fetch(const float* from, long apart, long rows, long count) {
  for (long row = 0; row < rows; row++, from += apart)
    for (long i = 0; i < count; i += 16) __builtin_prefetch(from + i);
}

void product(const float* a, long aRow, long rows, long depth, const float* packed, int columns, const float* bias,
             bool relu, float* c, long cRow) {
  for (long row = 0; row < rows; row += kRowsAtOnce) {
    const int count = rows - row < kRowsAtOnce ? static_cast<int>(rows - row) : kRowsAtOnce;
    fetch(a + (row + kRowsAtOnce) * aRow, aRow, kRowsAtOnce, depth);
    products<false>(a + row * aRow, aRow, count, packed, 0, true, depth, columns, {bias, 0, relu}, c + row * cRow, cRow);
  }
}

void addProduct(const float* a, long aRow, int rows, long depth, const float* b, long bRow, int columns, float* c) {
  products<true>(a, aRow, rows, b, bRow, false, depth, columns, {c, bRow, false}, c, bRow);
}

void takeColumns(const float* from, long fromRow, long rows, int columns, float* to, int padded) {
  for (long row = 0; row < rows; row++, from += fromRow, to += padded) {
    int at = 0;
    for (; at + kHalf <= columns; at += kHalf) storeHalf(to + at, loadHalf(from + at));
    for (; at < columns; at++) to[at] = from[at];
    for (; at < padded; at++) to[at] = 0;
  }
}

typedef int VectorOfIndices __attribute__((vector_size(4 * kWidth)));

/** A square of kWidth rows: pairs of rows exchange lanes that lie 1, 2, 4 … apart. */
inline void transposeSquare(const float* from, long fromRow, float* to, long toRow) {
  Vector rows[kWidth];
#pragma GCC unroll 16
  for (int i = 0; i < kWidth; i++) rows[i] = load(from + i * fromRow);
#pragma GCC unroll 4
  for (int apart = 1; apart < kWidth; apart *= 2) {
    VectorOfIndices low, high;
    for (int lane = 0; lane < kWidth; lane++) {
      const bool second = lane & apart;
      low[lane] = second ? kWidth + lane - apart : lane;
      high[lane] = second ? kWidth + lane : lane + apart;
    }
#pragma GCC unroll 16
    for (int i = 0; i < kWidth; i++) {
      if (i & apart) continue;
      const Vector a = rows[i], b = rows[i + apart];
      rows[i] = __builtin_shuffle(a, b, low);
      rows[i + apart] = __builtin_shuffle(a, b, high);
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < kWidth; i++) store(to + i * toRow, rows[i]);
}

void takeTransposed(const float* from, long fromRow, int rows, int columns, float* to, int padded) {
  const int wholeRows = rows / kWidth * kWidth, wholeColumns = columns / kWidth * kWidth;
  for (int row = 0; row < wholeRows; row += kWidth)
    for (int column = 0; column < wholeColumns; column += kWidth)
      transposeSquare(from + row * fromRow + column, fromRow, to + static_cast<long>(column) * padded + row, padded);
  for (int column = 0; column < columns; column++) {
    float* const at = to + static_cast<long>(column) * padded;
    for (int row = column < wholeColumns ? wholeRows : 0; row < rows; row++) at[row] = from[row * fromRow + column];
    for (int row = rows; row < padded; row++) at[row] = 0;
  }
}

}  // namespace
