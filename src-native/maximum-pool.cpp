#include "maximum-pool.h"

#include "isa.h"
#include "pool.h"

namespace kindling {

void maximumPoolGradient(long images, const Windows& windows, const float* x, const float* y, const float* dy,
                         float* dx) {
  const BlockKernels& isa = kernels();
  overParts(images, images * windows.inputSize(), [&](long image) {
    const long input = image * windows.inputSize(), output = image * windows.outputSize();
    isa.maximumPoolGradient(windows, x + input, y + output, dy + output, dx + input);
  });
}

}  // namespace kindling
