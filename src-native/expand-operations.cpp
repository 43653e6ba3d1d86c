#include "convolution-shapes.h"
#include "operations.h"
#include "winograd.h"

namespace kindling {

namespace {

/** A 1x1 and a 3x3 convolution of one input, whose outputs lie side by side: the expand layers of a Fire module. */
struct ExpandShape {
  PointwiseShape pointwise;
  WinogradShape winograd;

  ExpandShape(const WindowAttributes& window, const Tensor& x, const Tensor& kernel1x1, const Tensor& kernel3x3)
      : pointwise(pointwiseShape(x, kernel1x1, 1)), winograd(winogradShape(window, x, kernel3x3)) {
    if (winograd.windows.outputHeight != winograd.windows.height || winograd.windows.outputWidth != winograd.windows.width)
      throw InvalidArgument("1x1 beside 3x3 convolution: the padding changes the image's size");
    pointwise.outputRow = winograd.outputRow = filters();
  }
  long filters() const { return pointwise.filters + winograd.filters; }
  Shape output() const {
    return {winograd.images, winograd.windows.outputHeight, winograd.windows.outputWidth, filters()};
  }
};

class Expand {
 public:
  static Definition definition() {
    std::vector<const char*> attributes = WindowAttributes::names();
    attributes.push_back("relu: bool");
    return {"KindlingExpand",
            {"x: float", "kernel1x1: float", "kernel3x3: float", "bias: float"},
            {"y: float"},
            attributes,
            {}};
  }

  explicit Expand(Attributes& attributes) : window(attributes), relu(attributes.flag("relu")) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(0), kernel1x1 = computation.input(1), kernel3x3 = computation.input(2);
    const Tensor offset = computation.input(3);
    const ExpandShape shape(window, x, kernel1x1, kernel3x3);
    const float* const bias = biasOrNone(offset, shape.filters());
    const Tensor y = computation.output(0, shape.output());
    const int first = shape.pointwise.filters;
    pointwise(shape.pointwise, x.data(), kernel1x1.data(), bias, relu, y.data());
    winograd(shape.winograd, x.data(), kernel3x3.data(), bias == nullptr ? nullptr : bias + first, relu, y.data() + first);
  }

 private:
  const WindowAttributes window;
  const bool relu;
};

class ExpandGrad {
 public:
  static Definition definition() {
    return {"KindlingExpandGrad",
            {"dy: float", "x: float", "kernel1x1: float", "kernel3x3: float"},
            {"dx: float", "dkernel1x1: float", "dkernel3x3: float"},
            WindowAttributes::names(),
            {1, 2, 3}};
  }

  explicit ExpandGrad(Attributes& attributes) : window(attributes) {}

  void compute(Computation& computation) {
    const Tensor dy = computation.input(0), x = computation.input(1);
    const Tensor kernel1x1 = computation.input(2), kernel3x3 = computation.input(3);
    const ExpandShape shape(window, x, kernel1x1, kernel3x3);
    if (dy.shape() != shape.output())
      throw InvalidArgument("1x1 beside 3x3 convolution: the gradient is of another shape than the output");
    const Tensor dx = computation.output(0, x.shape());
    const Tensor d1x1 = computation.output(1, kernel1x1.shape()), d3x3 = computation.output(2, kernel3x3.shape());
    const float* const dyOf3x3 = dy.data() + shape.pointwise.filters;
    pointwiseGradient(shape.pointwise, dy.data(), x.data(), kernel1x1.data(), dx.data(), d1x1.data());
    winogradInputGradient(shape.winograd, dyOf3x3, kernel3x3.data(), true, dx.data());
    winogradKernelGradient(shape.winograd, dyOf3x3, x.data(), d3x3.data());
  }

 private:
  const WindowAttributes window;
};

}  // namespace

void registerExpand() {
  registerKernel<Expand>();
  registerKernel<ExpandGrad>();
}

}  // namespace kindling
