#include "pointwise.h"

#include <algorithm>
#include <vector>

#include "isa.h"
#include "pool.h"

namespace kindling {

namespace {

constexpr long kRowsInTask = 192;
/** Rows whose products are added up in 32 bits one after another. */
constexpr long kRowsInChunk = 96;
constexpr long kLeastRowsInPart = 128;
constexpr long kMostParts = 16;

long wholeHalves(long columns, int width) {
  const long half = width / 2;
  return (columns + half - 1) / half * half;
}

/** A matrix [depth, columns] into panels; see kHalvesInPanel. */
void pack(const float* from, long rowStep, long columnStep, long depth, long columns, int width, float* to) {
  const long inPanel = static_cast<long>(kHalvesInPanel) * width / 2;
  for (long begin = 0; begin < columns; begin += inPanel) {
    const long count = std::min(inPanel, columns - begin), padded = wholeHalves(count, width);
    for (long k = 0; k < depth; k++, to += padded) {
      const float* row = from + k * rowStep + begin * columnStep;
      for (long i = 0; i < count; i++) to[i] = row[i * columnStep];
      std::fill(to + count, to + padded, 0.f);
    }
  }
}

}  // namespace

void pointwise(const PointwiseShape& shape, const float* x, const float* kernel, const float* bias, bool relu, float* y) {
  const BlockKernels& isa = kernels();
  const long padded = wholeHalves(shape.filters, isa.width), size = shape.inputs * padded;
  std::vector<float> packed(shape.groups * size), initial(shape.groups * padded, 0);
  for (int group = 0; group < shape.groups; group++) {
    pack(kernel + group * shape.filters, shape.filterRow(), 1, shape.inputs, shape.filters, isa.width,
         &packed[group * size]);
    if (bias != nullptr) std::copy_n(bias + group * shape.filters, shape.filters, &initial[group * padded]);
  }
  const long tasks = (shape.rows + kRowsInTask - 1) / kRowsInTask;
  overParts(tasks, shape.rows * shape.inputRow(), [&](long task) {
    const long row = task * kRowsInTask, rows = std::min(kRowsInTask, shape.rows - row);
    for (int group = 0; group < shape.groups; group++)
      isa.product(x + row * shape.inputRow() + group * shape.inputs, shape.inputRow(), rows, shape.inputs,
                  &packed[group * size], shape.filters, &initial[group * padded], relu,
                  y + row * shape.filterRow() + group * shape.filters, shape.filterRow());
  });
}

void pointwiseGradient(const PointwiseShape& shape, const float* dy, const float* x, const float* kernel, float* dx,
                       float* dkernel) {
  const BlockKernels& isa = kernels();
  const long padded = wholeHalves(shape.filters, isa.width), paddedInputs = wholeHalves(shape.inputs, isa.width);
  const long size = shape.filters * paddedInputs, sumsSize = shape.inputs * padded;
  std::vector<float> packed(shape.groups * size), zeros(paddedInputs, 0);
  for (int group = 0; group < shape.groups; group++)
    pack(kernel + group * shape.filters, 1, shape.filterRow(), shape.filters, shape.inputs, isa.width,
         &packed[group * size]);
  const long parts = std::clamp(shape.rows / kLeastRowsInPart, 1L, kMostParts);
  std::vector<float> sums(parts * shape.groups * sumsSize, 0);
  overParts(parts, shape.rows * shape.inputRow(), [&](long part) {
    const long end = shape.rows * (part + 1) / parts;
    std::vector<float> gradient(kRowsInChunk * padded);
    for (long row = shape.rows * part / parts; row < end; row += kRowsInChunk)
      for (int group = 0; group < shape.groups; group++) {
        const long rows = std::min(kRowsInChunk, end - row), at = row * shape.inputRow() + group * shape.inputs;
        isa.takeColumns(dy + row * shape.filterRow() + group * shape.filters, shape.filterRow(), rows, shape.filters,
                        gradient.data(), static_cast<int>(padded));
        isa.product(gradient.data(), padded, rows, shape.filters, &packed[group * size], shape.inputs, zeros.data(),
                    false, dx + at, shape.inputRow());
        isa.addProduct(x + at, shape.inputRow(), shape.inputs, rows, gradient.data(), padded, shape.filters,
                       &sums[(part * shape.groups + group) * sumsSize]);
      }
  });
  overParts(shape.groups, shape.groups * parts * sumsSize, [&](long group) {
    std::vector<double> total(sumsSize, 0);
    for (long part = 0; part < parts; part++)
      isa.addSums(&sums[(part * shape.groups + group) * sumsSize], sumsSize, total.data());
    for (long i = 0; i < shape.inputs; i++)
      for (long f = 0; f < shape.filters; f++)
        dkernel[i * shape.filterRow() + group * shape.filters + f] = static_cast<float>(total[i * padded + f]);
  });
}

}  // namespace kindling
