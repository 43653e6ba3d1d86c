// Runs every kernel on odd shapes, in buffers that end where their values end; built with sanitizers by check-memory.sh.
#include <cstdio>
#include <string>
#include <vector>

#include "batch-norm.h"
#include "bias.h"
#include "depthwise.h"
#include "elementwise.h"
#include "images.h"
#include "isa.h"
#include "pointwise.h"
#include "pool.h"
#include "swap.h"
#include "winograd.h"

using namespace kindling;
using Buffer = std::vector<float>;

namespace {

Buffer filled(size_t size) {
  Buffer values(size);
  unsigned state = 1;
  for (float& value : values) value = static_cast<float>((state = state * 1664525u + 1013904223u) >> 8) / (1 << 23) - 1;
  return values;
}

void checkBatchNorm(long rows, int channels) {
  const size_t size = static_cast<size_t>(rows) * channels;
  const Buffer x = filled(size), gamma = filled(channels), beta = filled(channels), dy = filled(size);
  Buffer y(size), mean(channels), variance(channels), dx = dy, dgamma(channels), dbeta(channels);
  for (bool relu : {false, true}) {
    const BatchNormShape shape{rows, channels, 1e-5f, relu};
    batchNorm(shape, x.data(), gamma.data(), beta.data(), y.data(), {mean.data(), variance.data()});
    // in place, as in a graph
    batchNormGradient(shape, dx.data(), x.data(), gamma.data(), beta.data(), {mean.data(), variance.data()}, dx.data(),
                      dgamma.data(), dbeta.data());
    // in place, as in a graph
    batchNormInference(shape, y.data(), gamma.data(), beta.data(), mean.data(), variance.data(), y.data());
  }
}

void checkBias(long rows, int channels) {
  const BiasShape shape{rows, channels};
  const size_t size = static_cast<size_t>(rows) * channels;
  const Buffer bias = filled(channels), dy = filled(size);
  Buffer y = dy, dz = dy, dbias(channels);
  // in place, as in a graph
  biasRelu(shape, y.data(), bias.data(), y.data());
  biasReluGradient(shape, dz.data(), y.data(), dz.data(), dbias.data());
}

void checkElementwise(long size) {
  const ElementwiseProgram program =
      readProgram("mul v0 s0;add v2 v1;sqrt v3;div v4 0.5;square v0;sub v6 f" + std::to_string(size / 2) + ":0.25", "5 7 0", 2, 1);
  const Buffer a = filled(size), b = filled(size);
  Buffer first(size), second(size), third(size);
  elementwise(program, {a.data(), b.data()}, {2}, size, {first.data(), second.data(), third.data()});
}

void checkDepthwise(int channels, int side, int stride, int padding) {
  const long images = 3;
  const int height = 7, width = 9;
  const Windows windows{height, width, channels, side, side, stride, padding, padding,
                        (height + 2 * padding - side) / stride + 1, (width + 2 * padding - side) / stride + 1};
  const size_t size = static_cast<size_t>(images) * height * width * channels;
  const size_t outputs = static_cast<size_t>(images) * windows.outputHeight * windows.outputWidth * channels;
  const Buffer x = filled(size), kernel = filled(static_cast<size_t>(side) * side * channels), dy = filled(outputs);
  Buffer y(outputs), dx(size), dkernel(kernel.size());
  depthwise(images, windows, x.data(), kernel.data(), y.data());
  depthwiseGradient(images, windows, dy.data(), x.data(), kernel.data(), dx.data(), dkernel.data());
}

void checkImages(int height, int width, int channels) {
  const long images = 5;
  const ByteImages shape{height, width, channels};
  const std::vector<uint8_t> bytes(static_cast<size_t>(7 * shape.size()), 200);
  const std::vector<int32_t> places{6, 0, 6, 3, 1};
  const Buffer table = filled(static_cast<size_t>(channels) * 256);
  Buffer to(static_cast<size_t>(images * shape.size()));
  const std::vector<ImageVariation> variations{{0, 0, 0, 0, 0, 0, 0},
                                               {1, -2, 1, 0, 2, 1, width},
                                               {-3, 2, 0, 1, height, 0, 1},
                                               {100, -2147483647, 1, -5, 100, -5, 100},
                                               {-height, width, 0, 2, 1, 2, 1}};
  writeImages(images, shape, bytes.data(), places.data(), variations.data(), table.data(), to.data());
}

void checkSwap(long first, long second) {
  const long outer = 23;
  const Buffer from = filled(static_cast<size_t>(outer * first * second));
  Buffer to(from.size());
  swapAxes({outer, first, second}, from.data(), to.data());
}

void checkPointwise(long rows, int groups, int inputs, int filters) {
  const PointwiseShape shape{rows, groups, inputs, filters, static_cast<long>(groups) * filters};
  const Buffer x = filled(rows * shape.inputRow()), kernel = filled(inputs * shape.filterRow()),
               dy = filled(rows * shape.filterRow()), bias = filled(shape.filterRow());
  Buffer y(dy.size()), dx(x.size()), dkernel(kernel.size());
  pointwise(shape, x.data(), kernel.data(), nullptr, false, y.data());
  pointwise(shape, x.data(), kernel.data(), bias.data(), true, y.data());
  pointwiseGradient(shape, dy.data(), x.data(), kernel.data(), dx.data(), dkernel.data());
}

void checkWinograd(int channels, int filters, int height, int padding) {
  const long images = 5;
  const int width = 7;
  const Windows windows{height, width, channels, 3, 3, 1, padding, padding, height + 2 * padding - 2, width + 2 * padding - 2};
  // beside others, as in a Fire module
  const WinogradShape shape{images, windows, filters, channels, filters + 5l, nullptr};
  const Buffer x = filled(images * windows.inputSize()), kernel = filled(9ul * channels * filters), bias = filled(filters),
               dy = filled(images * shape.outputSize());
  Buffer y(dy.size()), dx(x.size()), dkernel(kernel.size());
  winograd(shape, x.data(), kernel.data(), bias.data(), true, y.data());
  for (const bool add : {false, true}) winogradInputGradient(shape, dy.data(), kernel.data(), add, dx.data());
  winogradKernelGradient(shape, dy.data(), x.data(), dkernel.data());
}

}  // namespace

int main() {
  for (const BlockKernels* set : availableKernels())
    for (int threads : {1, 3}) {
      useKernels(set->name);
      useThreads(threads);
      for (int channels : {1, 2, 3, 7, 8, 15, 16, 17, 33, 64, 127, 333}) {
        for (long rows : {1L, 2L, 5L, 31L, 128L, 1000L, 4097L}) {
          checkBatchNorm(rows, channels);
          checkBias(rows, channels);
          checkElementwise(rows * channels);
        }
        for (int width : {1, 2, 5, 32}) checkImages(4, width, channels);
        for (long extent : {1, 2, 3, 4, 5, 8, 31}) {
          checkSwap(channels, extent);
          checkSwap(extent, channels);
        }
        for (long rows : {1L, 13L, 97L, 1000L})
          for (int filters : {1, 4, 9, 17, 24, 40, 50})
            for (int groups : {1, 3}) checkPointwise(rows, groups, channels, filters);
        for (int filters : {1, 9, 24, 50})
          for (int height : {3, 8})
            for (int padding : {0, 1, 2}) checkWinograd(channels, filters, height, padding);
        for (int side : {1, 3, 5})
          for (int stride : {1, 2, 3})
            for (int padding : {0, 1, 4}) checkDepthwise(channels, side, stride, padding);
      }
      std::printf("%s with %d threads: nothing found\n", set->name, threads);
    }
}
