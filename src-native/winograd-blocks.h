// 3x3 convolutions by Winograd's minimal filtering F(2x2, 3x3), on a few tiles; see winograd.h. Included by block-kernels.cpp.
#pragma once

#include "pointwise-blocks.h"

namespace {

using kindling::kTilePositions;
using kindling::WinogradShape;

/** Positions lie a little apart, so that the sixteen places of one tile and channel do not compete for one set of the cache. */
constexpr long kApart = 16;

constexpr long wholeVectors(long floats) { return (floats + kWidth - 1) / kWidth * kWidth; }

/** [positions][tiles][row] */
struct TileMatrix {
  float* values;
  int row;
  long position;

  TileMatrix(float* values, int columns, int tiles)
      : values(values), row(static_cast<int>(wholeVectors(columns))), position(static_cast<long>(tiles) * row + kApart) {}
  float* end() const { return values + kTilePositions * position; }
};

/** Filters whose products are computed together. */
struct FilterPanel {
  int begin, width;

  /** Of seven or eight halves of vectors four, rather than six and a narrow rest. */
  static FilterPanel from(int begin, int filters) {
    const int halves = (filters - begin + kHalf - 1) / kHalf, most = kindling::kHalvesInPanel;
    return {begin, (halves <= most ? halves : halves <= 8 ? 4 : most) * kHalf};
  }
};

/** Where the pixels of a square lie, row by row: `outside` for those that are not in the image. */
template <int Size, class Float>
inline void findPixels(Float* image, int height, int width, long apart, int top, int left, Float* outside,
                       Float** pixels) {
  for (int row = 0; row < Size; row++)
    for (int column = 0; column < Size; column++) {
      const int y = top + row, x = left + column;
      const bool inside = y >= 0 && y < height && x >= 0 && x < width;
      pixels[row * Size + column] = inside ? image + (static_cast<long>(y) * width + x) * apart : outside;
    }
}

/** The place of a tile in its image. */
struct TilePlace {
  long image;
  int top, left;

  TilePlace(const WinogradShape& shape, long tile)
      : image(tile / shape.tilesInImage()), top(2 * static_cast<int>(tile % shape.tilesInImage() / shape.tilesAcross())),
        left(2 * static_cast<int>(tile % shape.tilesAcross())) {}

  void inputs(const WinogradShape& shape, const float* x, const float* outside, const float** pixels) const {
    const kindling::Windows& over = shape.windows;
    findPixels<4>(x + image * shape.inputSize(), over.height, over.width, shape.inputRow, top - over.top, left - over.left,
                  outside, pixels);
  }
  template <class Float>
  void outputs(const WinogradShape& shape, Float* y, Float* outside, Float** pixels) const {
    const kindling::Windows& over = shape.windows;
    findPixels<2>(y + image * shape.outputSize(), over.outputHeight, over.outputWidth, shape.outputRow, top, left, outside,
                  pixels);
  }
};

/** `task(at, lanes)` for vectors of channels: whole ones, and the last of as many lanes as there are. */
template <class Task>
inline void overVectors(int channels, const Task& task) {
  int at = 0;
  for (; at + kWidth <= channels; at += kWidth) task(at, Lanes<false>{kWidth});
  if (at < channels) task(at, Lanes<true>{channels - at});
}

/** B' d B of 4x4 pixels. */
template <class Some>
inline void transformInput(const float* const* pixels, int at, const Some& lanes, float* to, long position) {
  Vector half[4][4];
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    const Vector a = lanes.load(pixels[i] + at), b = lanes.load(pixels[4 + i] + at);
    const Vector c = lanes.load(pixels[8 + i] + at), d = lanes.load(pixels[12 + i] + at);
    half[0][i] = a - c, half[1][i] = b + c, half[2][i] = c - b, half[3][i] = b - d;
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++, to += 4 * position) {
    store(to, half[i][0] - half[i][2]);
    store(to + position, half[i][1] + half[i][2]);
    store(to + 2 * position, half[i][2] - half[i][1]);
    store(to + 3 * position, half[i][1] - half[i][3]);
  }
}

/** A' m A and a bias, or what is there already: 2x2 pixels. */
template <class Some>
inline void transformOutput(const float* from, long position, Vector bias, bool relu, bool add, const Some& lanes, int at,
                            float* const* pixels) {
  Vector half[2][4];
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    const float* column = from + i * position;
    const Vector a = load(column), b = load(column + 4 * position), c = load(column + 8 * position);
    const Vector d = load(column + 12 * position);
    half[0][i] = a + b + c, half[1][i] = b - c - d;
  }
#pragma GCC unroll 2
  for (int i = 0; i < 2; i++) {
    Vector left = half[i][0] + half[i][1] + half[i][2] + bias, right = half[i][1] - half[i][2] - half[i][3] + bias;
    if (add) left += lanes.load(pixels[2 * i] + at), right += lanes.load(pixels[2 * i + 1] + at);
    if (relu) left = positivePart(left), right = positivePart(right);
    lanes.store(pixels[2 * i] + at, left);
    lanes.store(pixels[2 * i + 1] + at, right);
  }
}

/** A dy A' of 2x2 pixels. */
template <class Some>
inline void transformOutputGradient(const float* const* pixels, int at, const Some& lanes, float* to, long position) {
  Vector half[4][2];
#pragma GCC unroll 2
  for (int i = 0; i < 2; i++) {
    const Vector a = lanes.load(pixels[i] + at), b = lanes.load(pixels[2 + i] + at);
    half[0][i] = a, half[1][i] = a + b, half[2][i] = a - b, half[3][i] = -b;
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++, to += 4 * position) {
    store(to, half[i][0]);
    store(to + position, half[i][0] + half[i][1]);
    store(to + 2 * position, half[i][0] - half[i][1]);
    store(to + 3 * position, -half[i][1]);
  }
}

/** c [rows, width] = initial + a b; a is [rows, depth], or `Across` [depth, rows]. */
template <bool Across>
void panelProduct(const float* a, long aStep, int rows, const float* b, long bRow, long depth, int width, Initial initial,
                  float* c, long cRow) {
  const auto panel = [&](auto whole, auto rest) {
    productPanel<decltype(whole)::value, decltype(rest)::value == 1, Across>(a, aStep, rows, b, bRow, depth, initial, c,
                                                                            cRow, width);
  };
  switch (width / kHalf) {
    case 1: return panel(Number<0>{}, Number<1>{});
    case 2: return panel(Number<1>{}, Number<0>{});
    case 3: return panel(Number<1>{}, Number<1>{});
    case 4: return panel(Number<2>{}, Number<0>{});
    case 5: return panel(Number<2>{}, Number<1>{});
    default: return panel(Number<3>{}, Number<0>{});
  }
}

TileMatrix transformInputs(const WinogradShape& shape, const float* x, long first, int tiles, float* scratch) {
  const TileMatrix matrix(scratch, shape.windows.channels, tiles);
  float* to = matrix.values;
  for (int tile = 0; tile < tiles; tile++, to += matrix.row) {
    const float* pixels[16];
    TilePlace(shape, first + tile).inputs(shape, x, shape.outside, pixels);
    overVectors(shape.windows.channels,
                [&](int at, auto lanes) { transformInput(pixels, at, lanes, to + at, matrix.position); });
  }
  return matrix;
}

void winogradTiles(const WinogradShape& shape, const float* x, const float* packed, const float* bias, bool relu, bool add,
                   long first, int tiles, float* scratch, float* y) {
  const TileMatrix inputs = transformInputs(shape, x, first, tiles, scratch);
  float* const unused = inputs.end();
  const float zeros[kindling::kHalvesInPanel * kHalf] = {};
  const int depth = shape.windows.channels;
  for (FilterPanel panel = FilterPanel::from(0, shape.filters); panel.begin < shape.filters;
       panel = FilterPanel::from(panel.begin + panel.width, shape.filters)) {
    const TileMatrix products(unused + kindling::kHalvesInPanel * kHalf, panel.width, tiles);
    for (int position = 0; position < kTilePositions; position++, packed += static_cast<long>(depth) * panel.width)
      panelProduct<false>(inputs.values + position * inputs.position, inputs.row, tiles, packed, panel.width, depth,
                          panel.width, {zeros, 0, false}, products.values + position * products.position, products.row);
    const int left = shape.filters - panel.begin;
    const float* from = products.values;
    for (int tile = 0; tile < tiles; tile++, from += products.row) {
      float* pixels[4];
      TilePlace(shape, first + tile).outputs(shape, y + panel.begin, unused, pixels);
      overVectors(left < panel.width ? left : panel.width, [&](int at, auto lanes) {
        const Vector offset = lanes.load(bias + panel.begin + at);
        transformOutput(from + at, products.position, offset, relu, add, lanes, at, pixels);
      });
    }
  }
}

void addWinogradGradient(const WinogradShape& shape, const float* x, const float* dy, int begin, long first, int tiles,
                         float* scratch, float* sums) {
  const FilterPanel panel = FilterPanel::from(begin, shape.filters);
  const TileMatrix inputs = transformInputs(shape, x, first, tiles, scratch);
  const TileMatrix gradients(inputs.end(), panel.width, tiles);
  const int left = shape.filters - begin, depth = shape.windows.channels;
  float* to = gradients.values;
  for (int tile = 0; tile < tiles; tile++, to += gradients.row) {
    const float* pixels[4];
    TilePlace(shape, first + tile).outputs(shape, dy + begin, shape.outside, pixels);
    overVectors(left < panel.width ? left : panel.width,
                [&](int at, auto lanes) { transformOutputGradient(pixels, at, lanes, to + at, gradients.position); });
  }
  for (int position = 0; position < kTilePositions; position++, sums += static_cast<long>(depth) * panel.width)
    panelProduct<true>(inputs.values + position * inputs.position, inputs.row, depth,
                       gradients.values + position * gradients.position, gradients.row, tiles,
                       panel.width, {sums, panel.width, false}, sums, panel.width);
}

int winogradPanel(int begin, int filters) { return FilterPanel::from(begin, filters).width; }

/** G g G' of 3x3 weights, for filters of a panel; `apart` between two pixels of the kernel. */
void transformKernel(const float* kernel, long apart, int lanesThere, float* to, long position) {
  overVectors(lanesThere, [&](int at, auto lanes) {
    Vector half[4][3];
#pragma GCC unroll 3
    for (int i = 0; i < 3; i++) {
      const float* column = kernel + i * apart + at;
      const Vector a = lanes.load(column), b = lanes.load(column + 3 * apart), c = lanes.load(column + 6 * apart);
      half[0][i] = a, half[1][i] = .5f * (a + b + c), half[2][i] = .5f * (a - b + c), half[3][i] = c;
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
      const Vector a = half[i][0], b = half[i][1], c = half[i][2];
      const Vector each[4] = {a, .5f * (a + b + c), .5f * (a - b + c), c};
#pragma GCC unroll 4
      for (int j = 0; j < 4; j++) lanes.store(to + (4 * i + j) * position + at, each[j]);
    }
  });
}

/** G' s G of the sums of several parts, each `partSize` apart, for filters of a panel. */
void transformKernelGradient(const float* sums, int parts, long partSize, long position, int lanesThere, float* kernel,
                             long apart) {
  overVectors(lanesThere, [&](int at, auto lanes) {
    Vector total[16] = {};
    for (int part = 0; part < parts; part++)
      for (int i = 0; i < 16; i++) total[i] += lanes.load(sums + part * partSize + i * position + at);
    Vector half[3][4];
    for (int i = 0; i < 4; i++) {
      const Vector sum = .5f * (total[4 + i] + total[8 + i]);
      half[0][i] = total[i] + sum, half[1][i] = .5f * (total[4 + i] - total[8 + i]), half[2][i] = sum + total[12 + i];
    }
    for (int i = 0; i < 3; i++) {
      const Vector sum = .5f * (half[i][1] + half[i][2]);
      const Vector each[3] = {half[i][0] + sum, .5f * (half[i][1] - half[i][2]), sum + half[i][3]};
      for (int j = 0; j < 3; j++) lanes.store(kernel + (3 * i + j) * apart + at, each[j]);
    }
  });
}

}  // namespace
