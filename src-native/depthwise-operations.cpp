#include "depthwise.h"
#include "operation.h"
#include "operations.h"
#include "window-attributes.h"

namespace kindling {

namespace {

Windows windowsOver(const WindowAttributes& window, const Tensor& x, const Tensor& kernel) {
  const Shape weights = kernel.shape();
  if (weights.size() != 4 || weights[2] != x.shape().back() || weights[3] != 1)
    throw InvalidArgument("depthwise: the kernel is not [height, width, channels, 1]");
  return window.over(x, weights[0], weights[1]);
}

class Depthwise {
 public:
  static Definition definition() { return {"KindlingDepthwise", {"x: float", "kernel: float"}, {"y: float"}, WindowAttributes::names(), {}}; }

  explicit Depthwise(Attributes& attributes) : window(attributes) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(0), kernel = computation.input(1);
    const Windows windows = windowsOver(window, x, kernel);
    const Tensor y = computation.output(0, window.outputShape(x, windows));
    depthwise(x.shape()[0], windows, x.data(), kernel.data(), y.data());
  }

 private:
  const WindowAttributes window;
};

class DepthwiseGrad {
 public:
  static Definition definition() {
    return {"KindlingDepthwiseGrad",
            {"dy: float", "x: float", "kernel: float"},
            {"dx: float", "dkernel: float"},
            WindowAttributes::names(),
            {1, 2}};
  }

  explicit DepthwiseGrad(Attributes& attributes) : window(attributes) {}

  void compute(Computation& computation) {
    const Tensor dy = computation.input(0), x = computation.input(1), kernel = computation.input(2);
    const Windows windows = windowsOver(window, x, kernel);
    if (dy.shape() != window.outputShape(x, windows))
      throw InvalidArgument("depthwise: the gradient is of another shape than the output");
    const Tensor dx = computation.output(0, x.shape()), dkernel = computation.output(1, kernel.shape());
    depthwiseGradient(x.shape()[0], windows, dy.data(), x.data(), kernel.data(), dx.data(), dkernel.data());
  }

 private:
  const WindowAttributes window;
};

}  // namespace

void registerDepthwise() {
  registerKernel<Depthwise>();
  registerKernel<DepthwiseGrad>();
}

}  // namespace kindling
