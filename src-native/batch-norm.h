// Batch norm over a matrix [rows, channels], with and without a ReLU behind it: in training, the gradient, in inference.
#pragma once

namespace kindling {

struct BatchNormShape {
  long rows;
  int channels;
  float epsilon;
  bool relu;
};

/** Each [channels]; `variance` is that of the batch, divided by the number of rows. */
struct BatchNormStatistics {
  float* mean;
  float* variance;
};

void batchNorm(const BatchNormShape& shape, const float* x, const float* gamma, const float* beta, float* y,
               BatchNormStatistics statistics);

/** Whether the ReLU let an element pass follows from x, so that y need not be read. */
void batchNormGradient(const BatchNormShape& shape, const float* dy, const float* x, const float* gamma,
                       const float* beta, BatchNormStatistics statistics, float* dx, float* dgamma, float* dbeta);

/** By statistics that are given; y may be x. */
void batchNormInference(const BatchNormShape& shape, const float* x, const float* gamma, const float* beta,
                        const float* mean, const float* variance, float* y);

}  // namespace kindling
