#include "bias-relu.h"

#include "isa.h"
#include "rows.h"

namespace kindling {

void biasReluGradient(long count, int channels, const float* dy, const float* y, float* dx, float* dbias) {
  const BlockKernels& isa = kernels();
  const Rows rows(count, channels, isa.width);
  const long period = rows.period, rest = rows.restStart();
  std::vector<float> parts(period * rows.blocks);
  overBlocks(rows, [&](long block) {
    const long start = rows.start(block);
    isa.reluGradientSums(dy + start, y + start, rows.groupsOf(block), rows.period, dx + start, &parts[period * block]);
  });
  std::vector<double> lanes(period, 0);
  for (long block = 0; block < rows.blocks; block++) isa.addSums(&parts[period * block], period, lanes.data());
  isa.addReluGradientRest(dy + rest, y + rest, rows.rest(), dx + rest, lanes.data());
  const std::vector<double> sums = sumsOfChannels(rows, lanes.data());
  for (int c = 0; c < channels; c++) dbias[c] = static_cast<float>(sums[c]);
}

}  // namespace kindling
