// Vectors of one length from others, value by value: a short program in one pass over the memory.
#pragma once

#include <string>
#include <vector>

#include "block-kernels.h"

namespace kindling {

/** What an instruction takes: a value of each place, one value for all of them, or one for the first of them and zero beyond. */
struct Operand {
  enum Kind { kRegister, kScalar, kConstant, kFirst } kind;
  /** Of `kFirst` how many places have the value. */
  long index;
  float value;
};

struct Instruction {
  ElementwiseOperator operation;
  Operand left, right;
};

/** Registers are first the vectors that go in, and then what each instruction computes. */
struct ElementwiseProgram {
  int vectors, scalars;
  std::vector<Instruction> instructions;
  /** The registers that come out. */
  std::vector<int> results;
};

/**
 * Instructions with semicolons between, each an operator and its operands: `v1` is a register, `s0` a scalar, `f100:0.5` a
 * number for the first 100 places and zero for the others, anything else a number, e.g. "mul v1 0.9;add v3 v0". Results are
 * registers with blanks between, e.g. "4 3".
 *
 * @throws std::invalid_argument
 */
ElementwiseProgram readProgram(const std::string& instructions, const std::string& results, int vectors, int scalars);

void elementwise(const ElementwiseProgram& program, const std::vector<const float*>& vectors,
                 const std::vector<float>& scalars, long size, const std::vector<float*>& results);

}  // namespace kindling
