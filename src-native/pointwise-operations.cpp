#include "convolution-shapes.h"
#include "operations.h"

namespace kindling {

namespace {

Shape outputShape(const Tensor& x, const PointwiseShape& shape) {
  Shape extents = x.shape();
  extents[3] = shape.filterRow();
  return extents;
}

class Pointwise {
 public:
  static Definition definition() {
    return {"KindlingPointwise", {"x: float", "kernel: float", "bias: float"}, {"y: float"}, {"groups: int", "relu: bool"}, {}};
  }

  explicit Pointwise(Attributes& attributes)
      : groups(attributes.integer("groups")), relu(attributes.flag("relu")) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(0), kernel = computation.input(1), bias = computation.input(2);
    const PointwiseShape shape = pointwiseShape(x, kernel, groups);
    const Tensor y = computation.output(0, outputShape(x, shape));
    pointwise(shape, x.data(), kernel.data(), biasOrNone(bias, shape.filterRow()), relu, y.data());
  }

 private:
  const int groups;
  const bool relu;
};

class PointwiseGrad {
 public:
  static Definition definition() {
    return {"KindlingPointwiseGrad",
            {"dy: float", "x: float", "kernel: float"},
            {"dx: float", "dkernel: float"},
            {"groups: int"},
            {1, 2}};
  }

  explicit PointwiseGrad(Attributes& attributes) : groups(attributes.integer("groups")) {}

  void compute(Computation& computation) {
    const Tensor dy = computation.input(0), x = computation.input(1), kernel = computation.input(2);
    const PointwiseShape shape = pointwiseShape(x, kernel, groups);
    if (dy.shape() != outputShape(x, shape))
      throw InvalidArgument("pointwise convolution: the gradient is of another shape than the output");
    const Tensor dx = computation.output(0, x.shape()), dkernel = computation.output(1, kernel.shape());
    pointwiseGradient(shape, dy.data(), x.data(), kernel.data(), dx.data(), dkernel.data());
  }

 private:
  const int groups;
};

}  // namespace

void registerPointwise() {
  registerKernel<Pointwise>();
  registerKernel<PointwiseGrad>();
}

}  // namespace kindling
