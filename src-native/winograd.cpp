#include "winograd.h"

#include <algorithm>
#include <vector>

#include "isa.h"
#include "pool.h"

namespace kindling {

namespace {

/** Multiples of the rows that are held in registers together. */
constexpr int kTilesAtOnce = 48;
constexpr int kTilesOfManyInputs = 24;
/** From here on the tiles at once would not fit the cache. */
constexpr int kManyInputs = 96;
/** Parts whose sums of the kernel's gradient are apart, and what one has at least. */
constexpr long kMostParts = 8;
constexpr long kLeastTilesInPart = 256;

int tilesAtOnce(const WinogradShape& shape) {
  return shape.windows.channels < kManyInputs ? kTilesAtOnce : kTilesOfManyInputs;
}

/** A thread's memory, for one matrix of inputs and one of a panel. */
float* scratchFor(const WinogradShape& shape, int width) {
  static thread_local std::vector<float> memory;
  const auto matrix = [&](long columns) { return kTilePositions * (tilesAtOnce(shape) * (columns + width) + 64); };
  const size_t size = matrix(shape.windows.channels) + matrix(kHalvesInPanel * width / 2) + kHalvesInPanel * width;
  if (memory.size() < size) memory.resize(size);
  return memory.data();
}

struct Panel {
  int begin, width;
};

std::vector<Panel> panelsOf(int filters) {
  std::vector<Panel> panels;
  for (int begin = 0; begin < filters; begin += panels.back().width)
    panels.push_back({begin, kernels().winogradPanel(begin, filters)});
  return panels;
}

long packedSize(const std::vector<Panel>& panels, int inputs) {
  return kTilePositions * static_cast<long>(inputs) * (panels.back().begin + panels.back().width);
}

/** [panels][positions][inputs][filters of the panel], the last filled up with zeros. */
std::vector<float> transformed(const float* kernel, int inputs, int filters) {
  const std::vector<Panel> panels = panelsOf(filters);
  std::vector<float> packed(packedSize(panels, inputs), 0);
  overParts(inputs, packed.size(), [&](long input) {
    for (const Panel& panel : panels)
      kernels().transformKernel(kernel + input * filters + panel.begin, static_cast<long>(inputs) * filters,
                                std::min(panel.width, filters - panel.begin),
                                &packed[(kTilePositions * panel.begin * inputs) + input * panel.width],
                                static_cast<long>(inputs) * panel.width);
  });
  return packed;
}

/** The kernel turned by half a turn, [3, 3, filters, inputs]. */
std::vector<float> turned(const float* kernel, int inputs, int filters) {
  const long size = static_cast<long>(inputs) * filters;
  std::vector<float> result(9 * size);
  overParts(9, 9 * size, [&](long pixel) {
    kernels().transpose(kernel + (8 - pixel) * size, inputs, filters, &result[pixel * size]);
  });
  return result;
}

void convolve(WinogradShape shape, const float* x, const float* kernel, const float* bias, bool relu, bool add, float* y) {
  const BlockKernels& isa = kernels();
  const std::vector<float> packed = transformed(kernel, shape.windows.channels, shape.filters);
  const std::vector<float> zeros(std::max(shape.windows.channels, shape.filters), 0);
  shape.outside = zeros.data();
  const long tiles = shape.images * shape.tilesInImage(), most = tilesAtOnce(shape);
  overParts((tiles + most - 1) / most, shape.images * shape.outputSize(), [&](long task) {
    const long first = task * most;
    isa.winogradTiles(shape, x, packed.data(), bias == nullptr ? zeros.data() : bias, relu, add, first,
                      static_cast<int>(std::min(most, tiles - first)), scratchFor(shape, isa.width), y);
  });
}

}  // namespace

void winograd(WinogradShape shape, const float* x, const float* kernel, const float* bias, bool relu, float* y) {
  convolve(shape, x, kernel, bias, relu, false, y);
}

void winogradInputGradient(const WinogradShape& shape, const float* dy, const float* kernel, bool add, float* dx) {
  const Windows& over = shape.windows;
  const Windows back{over.outputHeight, over.outputWidth, shape.filters, 3, 3, 1, 2 - over.top, 2 - over.left,
                     over.height, over.width};
  convolve({shape.images, back, over.channels, shape.outputRow, shape.inputRow, nullptr}, dy,
           turned(kernel, over.channels, shape.filters).data(), nullptr, false, add, dx);
}

void winogradKernelGradient(WinogradShape shape, const float* dy, const float* x, float* dkernel) {
  const BlockKernels& isa = kernels();
  const int inputs = shape.windows.channels;
  const std::vector<Panel> panels = panelsOf(shape.filters);
  const long tiles = shape.images * shape.tilesInImage(), most = tilesAtOnce(shape), size = packedSize(panels, inputs);
  const long parts = std::clamp(tiles / kLeastTilesInPart, 1L, kMostParts), count = panels.size();
  std::vector<float> sums(parts * size, 0);
  const std::vector<float> zeros(std::max(inputs, shape.filters), 0);
  shape.outside = zeros.data();
  const auto placeOf = [&](const Panel& panel) { return static_cast<long>(kTilePositions) * panel.begin * inputs; };
  overParts(parts * count, shape.images * shape.outputSize(), [&](long task) {
    const long part = task / count, end = tiles * (part + 1) / parts;
    const Panel& panel = panels[task % count];
    for (long first = tiles * part / parts; first < end; first += most)
      isa.addWinogradGradient(shape, x, dy, panel.begin, first, static_cast<int>(std::min(most, end - first)),
                              scratchFor(shape, isa.width), &sums[part * size + placeOf(panel)]);
  });
  overParts(inputs, parts * size, [&](long input) {
    for (const Panel& panel : panels)
      isa.transformKernelGradient(&sums[placeOf(panel) + input * panel.width], static_cast<int>(parts), size,
                                  static_cast<long>(inputs) * panel.width,
                                  std::min(panel.width, shape.filters - panel.begin),
                                  dkernel + input * shape.filters + panel.begin,
                                  static_cast<long>(inputs) * shape.filters);
  });
}

}  // namespace kindling
