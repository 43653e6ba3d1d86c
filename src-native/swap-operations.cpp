#include "operation.h"
#include "operations.h"
#include "swap.h"

namespace kindling {

namespace {

/** x is seen as [outer, first, second], outer being what the others leave; the output has x's shape. */
class Swap {
 public:
  static Definition definition() {
    return {"KindlingSwap", {"x: float"}, {"y: float"}, {"first: int", "second: int"}, {0}};
  }

  explicit Swap(Attributes& attributes)
      : first(attributes.integer("first")), second(attributes.integer("second")) {
    if (first < 1 || second < 1) throw InvalidArgument("swap: an axis without extent");
  }

  void compute(Computation& computation) {
    const Tensor x = computation.input(0);
    if (x.size() % (first * second) != 0) throw InvalidArgument("swap: the axes do not divide the tensor");
    const Tensor y = computation.output(0, x.shape());
    swapAxes({x.size() / (first * second), first, second}, x.data(), y.data());
  }

 private:
  const long first, second;
};

}  // namespace

void registerSwap() { registerKernel<Swap>(); }

}  // namespace kindling
