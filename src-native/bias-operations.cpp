#include "bias.h"
#include "operation.h"
#include "operations.h"

namespace kindling {

namespace {

BiasShape shapeOf(const Tensor& x) {
  const Shape shape = x.shape();
  if (shape.empty() || shape.back() == 0) throw InvalidArgument("bias: there are no channels");
  return {static_cast<long>(x.size() / shape.back()), static_cast<int>(shape.back())};
}

class BiasRelu {
 public:
  static Definition definition() { return {"KindlingBiasRelu", {"x: float", "bias: float"}, {"y: float"}, {}, {0}}; }

  explicit BiasRelu(Attributes&) {}

  void compute(Computation& computation) {
    const Tensor bias = computation.input(1);
    const Shape extents = computation.input(0).shape();
    const Computation::InPlace x = computation.inPlace(0, 0, extents);
    const BiasShape shape = shapeOf(x.output);
    if (bias.size() != shape.channels) throw InvalidArgument("bias: not one value for each channel");
    biasRelu(shape, x.input().data(), bias.data(), x.output.data());
  }
};

class BiasReluGrad {
 public:
  static Definition definition() {
    return {"KindlingBiasReluGrad", {"dy: float", "y: float"}, {"dz: float", "dbias: float"}, {}, {}};
  }

  explicit BiasReluGrad(Attributes&) {}

  void compute(Computation& computation) {
    const Tensor y = computation.input(1);
    const BiasShape shape = shapeOf(y);
    const Computation::InPlace gradient = computation.inPlace(0, 0, y.shape());
    if (gradient.input().shape() != y.shape()) throw InvalidArgument("bias: the gradient is of another shape than the output");
    const Tensor dbias = computation.output(1, {shape.channels});
    biasReluGradient(shape, gradient.input().data(), y.data(), gradient.output.data(), dbias.data());
  }
};

}  // namespace

void registerBias() {
  registerKernel<BiasRelu>();
  registerKernel<BiasReluGrad>();
}

}  // namespace kindling
