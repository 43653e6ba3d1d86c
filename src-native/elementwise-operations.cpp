#include "elementwise.h"
#include "operation.h"
#include "operations.h"

namespace kindling {

namespace {

class Elementwise {
 public:
  static Definition definition() {
    return {"KindlingElementwise",
            {"vectors: count * float", "scalars: numbers * float"},
            {"computed: outputs * float"},
            {"count: int >= 1", "numbers: int >= 0", "outputs: int >= 1", "instructions: string", "results: string"},
            {}};
  }

  explicit Elementwise(Attributes& attributes)
      : program(readProgram(attributes.text("instructions"), attributes.text("results"), attributes.integer("count"),
                            attributes.integer("numbers"))) {
    if (static_cast<int>(program.results.size()) != attributes.integer("outputs"))
      throw InvalidArgument("elementwise: not as many results as outputs");
  }

  void compute(Computation& computation) {
    std::vector<Tensor> tensors, outputs;
    std::vector<const float*> vectors;
    std::vector<float> scalars;
    std::vector<float*> results;
    for (int i = 0; i < program.vectors + program.scalars; i++) {
      tensors.push_back(computation.input(i));
      const bool isVector = i < program.vectors;
      if (tensors.back().size() != (isVector ? tensors.front().size() : 1))
        throw InvalidArgument("elementwise: vectors of different lengths, or a scalar of more than one value");
      if (isVector) vectors.push_back(tensors.back().data());
      else scalars.push_back(*tensors.back().data());
    }
    for (size_t i = 0; i < program.results.size(); i++) {
      outputs.push_back(computation.output(static_cast<int>(i), tensors.front().shape()));
      results.push_back(outputs.back().data());
    }
    elementwise(program, vectors, scalars, tensors.front().size(), results);
  }

 private:
  const ElementwiseProgram program;
};

}  // namespace

void registerElementwise() { registerKernel<Elementwise>(); }

}  // namespace kindling
