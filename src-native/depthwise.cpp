#include "depthwise.h"

#include <algorithm>
#include <vector>

#include "isa.h"
#include "pool.h"

namespace kindling {

namespace {

constexpr long kMostParts = 32;

}  // namespace

void depthwise(long images, const Windows& windows, const float* x, const float* kernel, float* y) {
  const BlockKernels& isa = kernels();
  overParts(images, images * windows.inputSize(), [&](long image) {
    isa.depthwise(windows, x + image * windows.inputSize(), kernel, y + image * windows.outputSize());
  });
}

void depthwiseGradient(long images, const Windows& windows, const float* dy, const float* x, const float* kernel,
                       float* dx, float* dkernel) {
  const BlockKernels& isa = kernels();
  const long size = static_cast<long>(windows.kernelHeight) * windows.kernelWidth * windows.channels;
  // at a stride of one the input's gradient is the same operation with the kernel turned round
  Windows back{windows.outputHeight, windows.outputWidth, windows.channels, windows.kernelHeight, windows.kernelWidth, 1,
               windows.kernelHeight - 1 - windows.top, windows.kernelWidth - 1 - windows.left, windows.height,
               windows.width};
  std::vector<float> turned(windows.stride == 1 ? size : 0);
  for (long i = 0; i < static_cast<long>(turned.size()); i++) {
    const long pixel = i / windows.channels, pixels = size / windows.channels;
    turned[i] = kernel[(pixels - 1 - pixel) * windows.channels + i % windows.channels];
  }
  // a few images together, so that their sums are fewer than their pixels
  const long parts = std::min(images, kMostParts);
  std::vector<float> partSums(parts * size, 0);
  overParts(parts, images * windows.inputSize(), [&](long part) {
    for (long image = images * part / parts; image < images * (part + 1) / parts; image++) {
      // both at once: an image that has been read for the one is in the cache for the other
      const float* gradient = dy + image * windows.outputSize();
      float* to = dx + image * windows.inputSize();
      if (windows.stride == 1) isa.depthwise(back, gradient, turned.data(), to);
      else isa.depthwiseInputGradient(windows, gradient, kernel, to);
      isa.addDepthwiseKernelGradient(windows, x + image * windows.inputSize(), gradient, &partSums[part * size]);
    }
  });
  std::vector<double> sums(size, 0);
  for (long part = 0; part < parts; part++) isa.addSums(&partSums[part * size], size, sums.data());
  for (long i = 0; i < size; i++) dkernel[i] = static_cast<float>(sums[i]);
}

}  // namespace kindling
