#include "bias.h"

#include <vector>

#include "isa.h"
#include "rows.h"

namespace kindling {

void biasRelu(const BiasShape& shape, const float* x, const float* bias, float* y) {
  const BlockKernels& isa = kernels();
  const Rows rows(shape.rows, shape.channels, isa.width);
  // a batch norm that changes nothing
  std::vector<float> zeros(rows.period, 0), ones(rows.period, 1), shift(rows.period);
  for (int p = 0; p < rows.period; p++) shift[p] = bias[p % rows.channels];
  const NormLanes lanes{zeros.data(), ones.data(), shift.data()};
  overBlocks(rows, [&](long block) {
    const long start = rows.start(block);
    isa.normalize(x + start, rows.groupsOf(block) * rows.period, rows.period, lanes, true, y + start);
  });
  isa.normalize(x + rows.restStart(), rows.rest(), rows.period, lanes, true, y + rows.restStart());
}

void biasReluGradient(const BiasShape& shape, const float* dy, const float* y, float* dz, float* dbias) {
  const BlockKernels& isa = kernels();
  const Rows rows(shape.rows, shape.channels, isa.width);
  const long period = rows.period;
  std::vector<float> parts(period * rows.blocks);
  overBlocks(rows, [&](long block) {
    const long start = rows.start(block);
    isa.rectifyGradient(dy + start, y + start, rows.groupsOf(block), rows.period, dz + start, &parts[period * block]);
  });
  std::vector<double> lanes(period, 0);
  for (long block = 0; block < rows.blocks; block++) isa.addSums(&parts[period * block], period, lanes.data());
  for (long p = 0, at = rows.restStart(); p < rows.rest(); p++, at++) {
    dz[at] = y[at] > 0 ? dy[at] : 0;
    lanes[p] += dz[at];
  }
  const std::vector<double> sums = sumsOfChannels(rows, lanes.data());
  for (int c = 0; c < rows.channels; c++) dbias[c] = static_cast<float>(sums[c]);
}

}  // namespace kindling
