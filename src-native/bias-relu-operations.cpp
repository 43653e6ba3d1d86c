#include "bias-relu.h"
#include "operation.h"
#include "operations.h"

namespace kindling {

namespace {

class BiasReluGrad {
 public:
  static Definition definition() {
    return {"KindlingBiasReluGrad", {"dy: float", "y: float", "bias: float"}, {"dx: float", "dbias: float"}, {}, {1, 2}};
  }

  explicit BiasReluGrad(Attributes&) {}

  void compute(Computation& computation) {
    const Tensor y = computation.input(1), bias = computation.input(2);
    const Shape shape = y.shape();
    if (shape.empty() || shape.back() == 0 || bias.size() != shape.back())
      throw InvalidArgument("bias: the bias has not a value for each channel");
    const Computation::InPlace gradient = computation.inPlace(0, 0, shape);
    if (gradient.input().size() != y.size()) throw InvalidArgument("bias: the gradient is of another shape than y");
    const Tensor dbias = computation.output(1, bias.shape());
    const int channels = static_cast<int>(shape.back());
    biasReluGradient(y.size() / channels, channels, gradient.input().data(), y.data(), gradient.output.data(),
                     dbias.data());
  }
};

}  // namespace

void registerBiasRelu() { registerKernel<BiasReluGrad>(); }

}  // namespace kindling
