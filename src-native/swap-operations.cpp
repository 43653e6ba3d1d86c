#include "operation.h"
#include "operations.h"
#include "swap.h"

namespace kindling {

namespace {

/** x is seen as [outer, first, second, inner], outer being what the others leave; the output has x's shape. */
class Swap {
 public:
  static Definition definition() {
    return {"KindlingSwap", {"x: float"}, {"y: float"}, {"first: int", "second: int", "inner: int"}, {0}};
  }

  explicit Swap(Attributes& attributes)
      : first(attributes.integer("first")), second(attributes.integer("second")), inner(attributes.integer("inner")) {
    if (first < 1 || second < 1 || inner < 1) throw InvalidArgument("swap: an axis without extent");
  }

  void compute(Computation& computation) {
    const Tensor x = computation.input(0);
    if (x.size() % (first * second * inner) != 0) throw InvalidArgument("swap: the axes do not divide the tensor");
    const Tensor y = computation.output(0, x.shape());
    swapAxes({x.size() / (first * second * inner), first, second, inner}, x.data(), y.data());
  }

 private:
  const long first, second, inner;
};

}  // namespace

void registerSwap() { registerKernel<Swap>(); }

}  // namespace kindling
