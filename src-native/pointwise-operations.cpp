#include "operation.h"
#include "operations.h"
#include "pointwise.h"

namespace kindling {

namespace {

/** The kernel is [1, 1, channels / groups, filters]. */
PointwiseShape shapeOf(const Tensor& x, const Tensor& kernel, int groups) {
  const Shape shape = x.shape(), extents = kernel.shape();
  if (groups < 1) throw InvalidArgument("pointwise convolution: there must be a group");
  if (shape.size() != 4 || extents.size() != 4 || extents[0] != 1 || extents[1] != 1 ||
      extents[2] * groups != shape[3] || extents[3] % groups != 0 || kernel.size() == 0)
    throw InvalidArgument("pointwise convolution: the kernel does not fit the image");
  return {x.size() / shape[3], groups, static_cast<int>(extents[2]), static_cast<int>(extents[3] / groups)};
}

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
    const PointwiseShape shape = shapeOf(x, kernel, groups);
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
    const PointwiseShape shape = shapeOf(x, kernel, groups);
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
