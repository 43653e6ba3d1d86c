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
/** From here on threads share them out evenly. */
constexpr long kEnoughTasks = 16;

long wholeHalves(long columns, int width) {
  const long half = width / 2;
  return (columns + half - 1) / half * half;
}

long floatsInPanel(int width) { return static_cast<long>(kHalvesInPanel) * width / 2; }

/** Columns that a task computes, whole panels, so that there are enough tasks where there are few rows. */
long columnsInTask(long tasks, long columns, int width) {
  const long panels = (columns + floatsInPanel(width) - 1) / floatsInPanel(width);
  const long slices = std::clamp((kEnoughTasks + tasks - 1) / tasks, 1L, panels);
  return (panels + slices - 1) / slices * floatsInPanel(width);
}

long partsOf(long whole, long part) { return (whole + part - 1) / part; }

/** One matrix for each group, [depth, columns], in panels. */
class Packed {
 public:
  const long depth, columns;

  /** `task(group, first column, columns, place)` packs a panel. */
  template <class Task>
  Packed(long groups, long depth, long columns, int width, const Task& task)
      : depth(depth), columns(columns), size(depth * wholeHalves(columns, width)), values(groups * size) {
    const long inPanel = floatsInPanel(width), panels = partsOf(columns, inPanel);
    overParts(groups * panels, values.size(), [&](long index) {
      const long begin = index % panels * inPanel;
      task(index / panels, begin, std::min(inPanel, columns - begin), place(index / panels, begin));
    });
  }

  /** Where the panel that begins at a column lies. */
  float* place(long group, long begin) { return &values[group * size + begin * depth]; }

 private:
  const long size;
  std::vector<float> values;
};

}  // namespace

void pointwise(const PointwiseShape& shape, const float* x, const float* kernel, const float* bias, bool relu, float* y) {
  const BlockKernels& isa = kernels();
  const long padded = wholeHalves(shape.filters, isa.width);
  Packed packed(shape.groups, shape.inputs, shape.filters, isa.width, [&](long group, long begin, long count, float* to) {
    const float* from = kernel + group * shape.filters + begin;
    isa.takeColumns(from, shape.filterRow(), shape.inputs, static_cast<int>(count), to,
                    static_cast<int>(wholeHalves(count, isa.width)));
  });
  std::vector<float> initial(shape.groups * padded, 0);
  if (bias != nullptr)
    for (int group = 0; group < shape.groups; group++)
      std::copy_n(bias + group * shape.filters, shape.filters, &initial[group * padded]);
  const long blocks = partsOf(shape.rows, kRowsInTask), inTask = columnsInTask(blocks, shape.filters, isa.width);
  const long slices = partsOf(shape.filters, inTask);
  overParts(blocks * slices, shape.rows * shape.inputRow(), [&](long task) {
    const long row = task / slices * kRowsInTask, rows = std::min(kRowsInTask, shape.rows - row);
    const long begin = task % slices * inTask, columns = std::min(inTask, shape.filters - begin);
    for (int group = 0; group < shape.groups; group++)
      isa.product(x + row * shape.inputRow() + group * shape.inputs, shape.inputRow(), rows, shape.inputs,
                  packed.place(group, begin), static_cast<int>(columns), &initial[group * padded + begin], relu,
                  y + row * shape.outputRow + group * shape.filters + begin, shape.outputRow);
  });
}

void pointwiseGradient(const PointwiseShape& shape, const float* dy, const float* x, const float* kernel, float* dx,
                       float* dkernel) {
  const BlockKernels& isa = kernels();
  const long padded = wholeHalves(shape.filters, isa.width), sumsSize = shape.inputs * padded;
  Packed packed(shape.groups, shape.filters, shape.inputs, isa.width, [&](long group, long begin, long count, float* to) {
    isa.takeTransposed(kernel + begin * shape.filterRow() + group * shape.filters, shape.filterRow(),
                       static_cast<int>(count), shape.filters, to, static_cast<int>(wholeHalves(count, isa.width)));
  });
  const std::vector<float> zeros(wholeHalves(shape.inputs, isa.width), 0);
  const long parts = std::clamp(shape.rows / kLeastRowsInPart, 1L, kMostParts);
  const long inTask = columnsInTask(parts, shape.inputs, isa.width), slices = partsOf(shape.inputs, inTask);
  std::vector<float> sums(parts * shape.groups * sumsSize, 0);
  overParts(parts * slices, shape.rows * shape.inputRow(), [&](long task) {
    const long part = task / slices, end = shape.rows * (part + 1) / parts;
    const long begin = task % slices * inTask, inputs = std::min(inTask, shape.inputs - begin);
    std::vector<float> gradient(kRowsInChunk * padded);
    for (long row = shape.rows * part / parts; row < end; row += kRowsInChunk)
      for (int group = 0; group < shape.groups; group++) {
        const long rows = std::min(kRowsInChunk, end - row);
        const long at = row * shape.inputRow() + group * shape.inputs + begin;
        isa.takeColumns(dy + row * shape.outputRow + group * shape.filters, shape.outputRow, rows, shape.filters,
                        gradient.data(), static_cast<int>(padded));
        isa.product(gradient.data(), padded, rows, shape.filters, packed.place(group, begin), static_cast<int>(inputs),
                    zeros.data(), false, dx + at, shape.inputRow());
        isa.addProduct(x + at, shape.inputRow(), static_cast<int>(inputs), rows, gradient.data(), padded, shape.filters,
                       &sums[(part * shape.groups + group) * sumsSize + begin * padded]);
      }
  });
  overParts(shape.groups * shape.inputs, shape.groups * parts * sumsSize, [&](long row) {
    const long group = row / shape.inputs, input = row % shape.inputs;
    std::vector<double> total(padded, 0);
    for (long part = 0; part < parts; part++)
      isa.addSums(&sums[(part * shape.groups + group) * sumsSize + input * padded], padded, total.data());
    std::copy_n(total.data(), shape.filters, dkernel + input * shape.filterRow() + group * shape.filters);
  });
}

}  // namespace kindling
