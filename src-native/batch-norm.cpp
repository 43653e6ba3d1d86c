#include "batch-norm.h"

#include <cmath>
#include <vector>

#include "isa.h"
#include "pool.h"
#include "rows.h"

namespace kindling {

namespace {

/** From the last block, which was read last and is in the cache still, to the first; and the rest. */
void overElements(const Rows& rows, const std::function<void(long start, long count)>& task) {
  if (rows.rest() > 0) task(rows.restStart(), rows.rest());
  overBlocks(rows, [&](long i) {
    const long block = rows.blocks - 1 - i;
    task(rows.start(block), rows.groupsOf(block) * rows.period);
  });
}

template <class Value>
void repeat(const Rows& rows, const Value* values, Value* lanes) {
  for (int p = 0; p < rows.period; p += rows.channels)
    for (int c = 0; c < rows.channels; c++) lanes[p + c] = values[c];
}

/** What all directions need of each channel, repeated to the period. */
class Lanes {
 public:
  Lanes(const Rows& rows, const BatchNormShape& shape, const float* gamma, const float* beta, const float* mean,
        const float* variance)
      : values(3 * static_cast<size_t>(rows.period)) {
    std::vector<float> scale(rows.channels);
    for (int c = 0; c < rows.channels; c++)
      scale[c] = static_cast<float>(gamma[c] / std::sqrt(static_cast<double>(variance[c]) + shape.epsilon));
    repeat<float>(rows, mean, &values[0]);
    repeat<float>(rows, scale.data(), &values[rows.period]);
    repeat<float>(rows, beta, &values[2 * static_cast<size_t>(rows.period)]);
    view = {&values[0], &values[rows.period], &values[2 * static_cast<size_t>(rows.period)]};
  }
  NormLanes view;

 private:
  std::vector<float> values;
};

/** Each block's mean and squared deviations in 32 bits, brought together in 64 bits in the blocks' order. */
void batchStatistics(const Rows& rows, const float* x, BatchNormStatistics statistics) {
  const BlockKernels& isa = kernels();
  const long period = rows.period;
  std::vector<float> moments(2 * period * rows.blocks);
  overBlocks(rows, [&](long block) {
    isa.moments(x + rows.start(block), rows.groupsOf(block), rows.period, &moments[2 * period * block]);
  });
  // what stands behind the last group are blocks of one row
  const float* rest = x + rows.restStart();
  std::vector<double> lanes(period, 0), middle(period);
  for (long block = 0; block < rows.blocks; block++)
    isa.addMeans(&moments[2 * period * block], rows.period, rows.groupsOf(block), lanes.data());
  for (long p = 0; p < rows.rest(); p++) lanes[p] += rest[p];
  std::vector<double> means = sumsOfChannels(rows, lanes.data());
  for (double& mean : means) mean /= static_cast<double>(rows.rows);
  repeat<double>(rows, means.data(), middle.data());

  lanes.assign(period, 0);
  for (long block = 0; block < rows.blocks; block++)
    isa.addSquares(&moments[2 * period * block], rows.period, rows.groupsOf(block), middle.data(), lanes.data());
  for (long p = 0; p < rows.rest(); p++) lanes[p] += (rest[p] - middle[p]) * (rest[p] - middle[p]);
  const std::vector<double> squares = sumsOfChannels(rows, lanes.data());
  for (int c = 0; c < rows.channels; c++) {
    statistics.mean[c] = static_cast<float>(means[c]);
    statistics.variance[c] = static_cast<float>(squares[c] / static_cast<double>(rows.rows));
  }
}

void normalizeRows(const Rows& rows, const BatchNormShape& shape, const float* x, const float* gamma, const float* beta,
                   const float* mean, const float* variance, float* y) {
  const BlockKernels& isa = kernels();
  const Lanes lanes(rows, shape, gamma, beta, mean, variance);
  overElements(rows, [&](long start, long count) {
    isa.normalize(x + start, count, rows.period, lanes.view, shape.relu, y + start);
  });
}

}  // namespace

void batchNorm(const BatchNormShape& shape, const float* x, const float* gamma, const float* beta, float* y,
               BatchNormStatistics statistics) {
  const Rows rows(shape.rows, shape.channels, kernels().width);
  batchStatistics(rows, x, statistics);
  normalizeRows(rows, shape, x, gamma, beta, statistics.mean, statistics.variance, y);
}

void batchNormInference(const BatchNormShape& shape, const float* x, const float* gamma, const float* beta,
                        const float* mean, const float* variance, float* y) {
  normalizeRows(Rows(shape.rows, shape.channels, kernels().width), shape, x, gamma, beta, mean, variance, y);
}

void batchNormGradient(const BatchNormShape& shape, const float* dy, const float* x, const float* gamma,
                       const float* beta, BatchNormStatistics statistics, float* dx, float* dgamma, float* dbeta) {
  const BlockKernels& isa = kernels();
  const Rows rows(shape.rows, shape.channels, isa.width);
  const long period = rows.period;
  const Lanes lanes(rows, shape, gamma, beta, statistics.mean, statistics.variance);

  // of each lane the sum of dz, then that of dz (x - mean)
  std::vector<float> parts(2 * period * rows.blocks);
  overBlocks(rows, [&](long block) {
    isa.gradientSums(dy + rows.start(block), x + rows.start(block), rows.groupsOf(block), rows.period, lanes.view,
                     shape.relu, &parts[2 * period * block]);
  });
  std::vector<double> sums(2 * period, 0);
  for (long block = 0; block < rows.blocks; block++) isa.addSums(&parts[2 * period * block], 2 * period, sums.data());
  isa.addGradientRest(dy + rows.restStart(), x + rows.restStart(), rows.rest(), rows.period, lanes.view, shape.relu,
                      sums.data());
  const std::vector<double> plain = sumsOfChannels(rows, &sums[0]), weighted = sumsOfChannels(rows, &sums[period]);

  // dx = scale (dz - mean of dz - (x - mean) / variance * mean of dz (x - mean))
  std::vector<float> slope(rows.channels), offset(rows.channels), slopes(period), offsets(period);
  for (int c = 0; c < rows.channels; c++) {
    const double variance = static_cast<double>(statistics.variance[c]) + shape.epsilon;
    const double scale = gamma[c] / std::sqrt(variance), count = static_cast<double>(rows.rows);
    dbeta[c] = static_cast<float>(plain[c]);
    dgamma[c] = static_cast<float>(weighted[c] / std::sqrt(variance));
    slope[c] = static_cast<float>(-scale * weighted[c] / (variance * count));
    offset[c] = static_cast<float>(-scale * plain[c] / count);
  }
  repeat<float>(rows, slope.data(), slopes.data());
  repeat<float>(rows, offset.data(), offsets.data());
  overElements(rows, [&](long start, long count) {
    isa.normalizeGradient(dy + start, x + start, count, rows.period, lanes.view, slopes.data(), offsets.data(),
                          shape.relu, dx + start);
  });
}

}  // namespace kindling
