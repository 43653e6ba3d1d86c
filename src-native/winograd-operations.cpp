#include "operation.h"
#include "operations.h"
#include "window-attributes.h"
#include "winograd.h"

namespace kindling {

namespace {

/** The kernel is [3, 3, inputs, filters]. */
WinogradShape shapeOf(const WindowAttributes& window, const Tensor& x, const Tensor& kernel) {
  const Shape weights = kernel.shape();
  if (weights.size() != 4 || weights[0] != 3 || weights[1] != 3 || weights[2] != x.shape().back() || kernel.size() == 0)
    throw InvalidArgument("3x3 convolution: the kernel is not [3, 3, channels, filters]");
  const Windows windows = window.over(x, 3, 3);
  if (windows.stride != 1 || windows.top > 2 || windows.left > 2)
    throw InvalidArgument("3x3 convolution: the stride is not one, or the padding more than two");
  return {x.shape()[0], windows, static_cast<int>(weights[3]), nullptr};
}

Shape outputShape(const WinogradShape& shape) {
  return {shape.images, shape.windows.outputHeight, shape.windows.outputWidth, shape.filters};
}

class Winograd {
 public:
  static Definition definition() {
    std::vector<const char*> attributes = WindowAttributes::names();
    attributes.push_back("relu: bool");
    return {"KindlingWinograd", {"x: float", "kernel: float", "bias: float"}, {"y: float"}, attributes, {}};
  }

  explicit Winograd(Attributes& attributes) : window(attributes), relu(attributes.flag("relu")) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(0), kernel = computation.input(1), bias = computation.input(2);
    const WinogradShape shape = shapeOf(window, x, kernel);
    const Tensor y = computation.output(0, outputShape(shape));
    winograd(shape, x.data(), kernel.data(), biasOrNone(bias, shape.filters), relu, y.data());
  }

 private:
  const WindowAttributes window;
  const bool relu;
};

class WinogradGrad {
 public:
  static Definition definition() {
    return {"KindlingWinogradGrad",
            {"dy: float", "x: float", "kernel: float"},
            {"dx: float", "dkernel: float"},
            WindowAttributes::names(),
            {1, 2}};
  }

  explicit WinogradGrad(Attributes& attributes) : window(attributes) {}

  void compute(Computation& computation) {
    const Tensor dy = computation.input(0), x = computation.input(1), kernel = computation.input(2);
    const WinogradShape shape = shapeOf(window, x, kernel);
    if (dy.shape() != outputShape(shape))
      throw InvalidArgument("3x3 convolution: the gradient is of another shape than the output");
    const Tensor dx = computation.output(0, x.shape()), dkernel = computation.output(1, kernel.shape());
    winogradInputGradient(shape, dy.data(), kernel.data(), dx.data());
    winogradKernelGradient(shape, dy.data(), x.data(), dkernel.data());
  }

 private:
  const WindowAttributes window;
};

}  // namespace

void registerWinograd() {
  registerKernel<Winograd>();
  registerKernel<WinogradGrad>();
}

}  // namespace kindling
