// Exchanging axes, on a row; see block-kernels.h. Included by block-kernels.cpp.
#pragma once

#include "block-kernels.h"

namespace {

/** Reads along the longer axis, and writes along the shorter one; `Rows` or `Columns` where it is known. */
template <int Rows, int Columns>
inline void transposeOf(const float* from, int givenRows, int givenColumns, float* to) {
  const int rows = Rows ? Rows : givenRows, columns = Columns ? Columns : givenColumns;
  for (int c = 0; c < columns; c++)
#pragma GCC unroll 8
    for (int r = 0; r < rows; r++) to[c * rows + r] = from[r * columns + c];
}

template <int Rows, int Columns>
inline void transposeWide(const float* from, int givenRows, int givenColumns, float* to) {
  const int rows = Rows ? Rows : givenRows, columns = Columns ? Columns : givenColumns;
  for (int r = 0; r < rows; r++)
#pragma GCC unroll 8
    for (int c = 0; c < columns; c++) to[c * rows + r] = from[r * columns + c];
}

void transpose(const float* from, int rows, int columns, float* to) {
  if (rows == 2) return transposeOf<2, 0>(from, rows, columns, to);
  if (rows == 3) return transposeOf<3, 0>(from, rows, columns, to);
  if (rows == 4) return transposeOf<4, 0>(from, rows, columns, to);
  if (rows == 8) return transposeOf<8, 0>(from, rows, columns, to);
  if (columns == 2) return transposeWide<0, 2>(from, rows, columns, to);
  if (columns == 3) return transposeWide<0, 3>(from, rows, columns, to);
  if (columns == 4) return transposeWide<0, 4>(from, rows, columns, to);
  if (columns == 8) return transposeWide<0, 8>(from, rows, columns, to);
  transposeOf<0, 0>(from, rows, columns, to);
}

}  // namespace
