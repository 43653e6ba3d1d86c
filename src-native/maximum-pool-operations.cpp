#include "maximum-pool.h"
#include "operation.h"
#include "operations.h"
#include "window-attributes.h"

namespace kindling {

namespace {

class MaximumPoolGrad {
 public:
  static Definition definition() {
    std::vector<const char*> attributes = WindowAttributes::names();
    attributes.push_back("size: int");
    return {"KindlingMaximumPoolGrad", {"dy: float", "x: float", "y: float"}, {"dx: float"}, attributes, {1}};
  }

  explicit MaximumPoolGrad(Attributes& attributes) : window(attributes), size(attributes.integer("size")) {}

  void compute(Computation& computation) {
    const Tensor dy = computation.input(0), x = computation.input(1), y = computation.input(2);
    const Windows windows = window.over(x, size, size);
    const Shape shape = window.outputShape(x, windows);
    if (dy.shape() != shape || y.shape() != shape)
      throw InvalidArgument("maximum pool: output or gradient are of another shape than the windows");
    const Tensor dx = computation.output(0, x.shape());
    maximumPoolGradient(shape[0], windows, x.data(), y.data(), dy.data(), dx.data());
  }

 private:
  const WindowAttributes window;
  const int size;
};

}  // namespace

void registerMaximumPool() { registerKernel<MaximumPoolGrad>(); }

}  // namespace kindling
