#include "depthwise.h"
#include "operation.h"
#include "operations.h"

namespace kindling {

namespace {

struct Window {
  const int stride, top, bottom, left, right;

  explicit Window(Attributes& attributes)
      : stride(attributes.integer("stride")), top(attributes.integer("top")), bottom(attributes.integer("bottom")),
        left(attributes.integer("left")), right(attributes.integer("right")) {
    if (stride < 1 || top < 0 || bottom < 0 || left < 0 || right < 0)
      throw InvalidArgument("depthwise: a stride below one or a negative padding");
  }

  Windows over(const Tensor& x, const Tensor& kernel) const {
    const Shape image = x.shape(), weights = kernel.shape();
    if (image.size() != 4 || weights.size() != 4 || weights[2] != image[3] || weights[3] != 1)
      throw InvalidArgument("depthwise: the kernel is not [height, width, channels, 1]");
    if (weights[0] * weights[1] > kMostKernelPixels) throw InvalidArgument("depthwise: the kernel is too large");
    const auto extent = [](int64_t each) { return static_cast<int>(each); };
    Windows windows{extent(image[1]), extent(image[2]), extent(image[3]), extent(weights[0]), extent(weights[1]),
                    stride, top, left, 0, 0};
    windows.outputHeight = (windows.height + top + bottom - windows.kernelHeight) / stride + 1;
    windows.outputWidth = (windows.width + left + right - windows.kernelWidth) / stride + 1;
    if (windows.height + top + bottom < windows.kernelHeight || windows.width + left + right < windows.kernelWidth)
      throw InvalidArgument("depthwise: the kernel is larger than the padded image");
    return windows;
  }
};

const std::vector<const char*> kWindow = {"stride: int", "top: int", "bottom: int", "left: int", "right: int"};

class Depthwise {
 public:
  static Definition definition() { return {"KindlingDepthwise", {"x: float", "kernel: float"}, {"y: float"}, kWindow, {}}; }

  explicit Depthwise(Attributes& attributes) : window(attributes) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(0), kernel = computation.input(1);
    const Windows windows = window.over(x, kernel);
    const int64_t images = x.shape()[0];
    const Tensor y =
        computation.output(0, {images, windows.outputHeight, windows.outputWidth, windows.channels});
    depthwise(images, windows, x.data(), kernel.data(), y.data());
  }

 private:
  const Window window;
};

class DepthwiseGrad {
 public:
  static Definition definition() {
    return {"KindlingDepthwiseGrad",
            {"dy: float", "x: float", "kernel: float"},
            {"dx: float", "dkernel: float"},
            kWindow,
            {1, 2}};
  }

  explicit DepthwiseGrad(Attributes& attributes) : window(attributes) {}

  void compute(Computation& computation) {
    const Tensor dy = computation.input(0), x = computation.input(1), kernel = computation.input(2);
    const Windows windows = window.over(x, kernel);
    const int64_t images = x.shape()[0];
    if (dy.shape() != Shape{images, windows.outputHeight, windows.outputWidth, windows.channels})
      throw InvalidArgument("depthwise: the gradient is of another shape than the output");
    const Tensor dx = computation.output(0, x.shape()), dkernel = computation.output(1, kernel.shape());
    depthwiseGradient(images, windows, dy.data(), x.data(), kernel.data(), dx.data(), dkernel.data());
  }

 private:
  const Window window;
};

}  // namespace

void registerDepthwise() {
  registerKernel<Depthwise>();
  registerKernel<DepthwiseGrad>();
}

}  // namespace kindling
