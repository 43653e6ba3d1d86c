#include "convolution-shapes.h"
#include "operations.h"
#include "winograd.h"

namespace kindling {

namespace {

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
    const WinogradShape shape = winogradShape(window, x, kernel);
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
    const WinogradShape shape = winogradShape(window, x, kernel);
    if (dy.shape() != outputShape(shape))
      throw InvalidArgument("3x3 convolution: the gradient is of another shape than the output");
    const Tensor dx = computation.output(0, x.shape()), dkernel = computation.output(1, kernel.shape());
    winogradInputGradient(shape, dy.data(), kernel.data(), false, dx.data());
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
