#include "elementwise.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>
#include <stdexcept>

#include "isa.h"
#include "pool.h"

namespace kindling {

namespace {

/** So few that what all instructions compute of a block stays in the innermost caches. */
constexpr long kBlock = 512;
constexpr long kBlocksInTask = 32;

[[noreturn]] void refuse(const std::string& what) { throw std::invalid_argument("elementwise: " + what); }

const std::map<std::string, ElementwiseOperator> kOperators = {
    {"add", kAdd}, {"sub", kSubtract}, {"mul", kMultiply}, {"div", kDivide}, {"square", kSquare}, {"sqrt", kSquareRoot}};

int readIndex(const std::string& text, int count) {
  char* end = nullptr;
  const long index = std::strtol(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || index < 0 || index >= count) refuse("there is no " + text);
  return static_cast<int>(index);
}

float readNumber(const std::string& text) {
  char* end = nullptr;
  const float value = std::strtof(text.c_str(), &end);
  if (text.empty() || *end != '\0') refuse("\"" + text + "\" is no number");
  return value;
}

Operand readOperand(const std::string& text, int registers, int scalars) {
  if (text.empty()) refuse("an operand is missing");
  if (text[0] == 'v') return {Operand::kRegister, readIndex(text.substr(1), registers), 0};
  if (text[0] == 's') return {Operand::kScalar, readIndex(text.substr(1), scalars), 0};
  const size_t colon = text[0] == 'f' ? text.find(':') : std::string::npos;
  if (colon == std::string::npos) return {Operand::kConstant, 0, readNumber(text)};
  return {Operand::kFirst, std::atol(text.c_str() + 1), readNumber(text.substr(colon + 1))};
}

Instruction readInstruction(const std::string& text, int registers, int scalars) {
  std::istringstream words(text);
  std::string name, left, right;
  words >> name >> left >> right;
  const auto found = kOperators.find(name);
  if (found == kOperators.end()) refuse("there is no operator " + name);
  const bool takesOne = found->second == kSquare || found->second == kSquareRoot;
  const Operand first = readOperand(left, registers, scalars);
  if (first.kind != Operand::kRegister) refuse("the left operand of " + name + " is no vector");
  return {found->second, first, takesOne ? first : readOperand(right, registers, scalars)};
}

/** The places from `start` on. */
struct Block {
  long start, count;
};

/** @param registers where each register's values of the block lie @param spare memory for a block */
void computeBlock(const ElementwiseProgram& program, const std::vector<float>& scalars, Block block,
                  std::vector<const float*>& registers, const std::vector<float*>& computed, float* spare) {
  for (size_t i = 0; i < program.instructions.size(); i++) {
    const auto& [operation, left, right] = program.instructions[i];
    const float* other = right.kind == Operand::kRegister ? registers[right.index] : nullptr;
    float single = right.kind == Operand::kScalar ? scalars[right.index] : right.value;
    if (right.kind == Operand::kFirst) {
      const long have = std::clamp(right.index - block.start, 0L, block.count);
      if (have == 0) single = 0;
      else if (have < block.count) {
        std::fill(std::fill_n(spare, have, right.value), spare + block.count, 0.f);
        other = spare;
      }
    }
    kernels().elementwise(operation, registers[left.index], other, single, block.count, computed[i]);
    registers[program.vectors + i] = computed[i];
  }
}

}  // namespace

ElementwiseProgram readProgram(const std::string& instructions, const std::string& results, int vectors, int scalars) {
  ElementwiseProgram program{vectors, scalars, {}, {}};
  std::istringstream lines(instructions), indices(results);
  for (std::string line; std::getline(lines, line, ';');)
    program.instructions.push_back(
        readInstruction(line, vectors + static_cast<int>(program.instructions.size()), scalars));
  for (std::string index; indices >> index;)
    program.results.push_back(readIndex(index, vectors + static_cast<int>(program.instructions.size())));
  return program;
}

void elementwise(const ElementwiseProgram& program, const std::vector<const float*>& vectors,
                 const std::vector<float>& scalars, long size, const std::vector<float*>& results) {
  const long count = static_cast<long>(program.instructions.size());
  // what comes out is computed where it belongs
  std::vector<int> resultOf(count, -1);
  for (size_t result = 0; result < program.results.size(); result++)
    if (program.results[result] >= program.vectors) resultOf[program.results[result] - program.vectors] = static_cast<int>(result);
  const long blocks = (size + kBlock - 1) / kBlock, tasks = (blocks + kBlocksInTask - 1) / kBlocksInTask;
  overParts(tasks, size, [&](long task) {
    std::vector<float> scratch((count + 1) * kBlock);
    std::vector<const float*> registers(program.vectors + count);
    std::vector<float*> computed(count);
    const long end = std::min(size, (task + 1) * kBlocksInTask * kBlock);
    for (long start = task * kBlocksInTask * kBlock; start < end; start += kBlock) {
      const long lanes = std::min(kBlock, end - start);
      for (int i = 0; i < program.vectors; i++) registers[i] = vectors[i] + start;
      for (long i = 0; i < count; i++) computed[i] = resultOf[i] < 0 ? &scratch[i * kBlock] : results[resultOf[i]] + start;
      computeBlock(program, scalars, {start, lanes}, registers, computed, &scratch[count * kBlock]);
      for (size_t result = 0; result < results.size(); result++) {
        const float* from = registers[program.results[result]];
        float* to = results[result] + start;
        if (from != to) std::copy(from, from + lanes, to);
      }
    }
  });
}

}  // namespace kindling
