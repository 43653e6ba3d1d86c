#include "batch-norm.h"
#include "operations.h"
#include "operation.h"

namespace kindling {

namespace {

BatchNormShape shapeOf(const Tensor& x, float epsilon, bool relu) {
  const Shape shape = x.shape();
  if (shape.empty() || shape.back() == 0) throw InvalidArgument("batch norm needs channels");
  const int channels = static_cast<int>(shape.back());
  return {x.size() / channels, channels, epsilon, relu};
}

void checkVector(const Tensor& vector, int channels, const char* name) {
  if (vector.size() != channels)
    throw InvalidArgument(std::string("batch norm: ") + name + " has " + std::to_string(vector.size()) +
                          " values for " + std::to_string(channels) + " channels");
}

class BatchNorm {
 public:
  static Definition definition() {
    return {"KindlingBatchNorm",
            {"x: float", "gamma: float", "beta: float", "moving_mean: float", "moving_variance: float"},
            {"y: float", "moved_mean: float", "moved_variance: float", "mean: float", "variance: float"},
            {"epsilon: float", "momentum: float", "relu: bool"},
            {0, 1, 1, 1, 1}};
  }

  explicit BatchNorm(Attributes& attributes)
      : epsilon(attributes.real("epsilon")), momentum(attributes.real("momentum")), relu(attributes.flag("relu")) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(0), gamma = computation.input(1), beta = computation.input(2),
                 movingMean = computation.input(3), movingVariance = computation.input(4);
    const BatchNormShape shape = shapeOf(x, epsilon, relu);
    const int channels = shape.channels;
    checkVector(gamma, channels, "gamma");
    checkVector(beta, channels, "beta");
    checkVector(movingMean, channels, "the moving mean");
    checkVector(movingVariance, channels, "the moving variance");
    const Tensor y = computation.output(0, x.shape()), movedMean = computation.output(1, {channels}),
                 movedVariance = computation.output(2, {channels}), mean = computation.output(3, {channels}),
                 variance = computation.output(4, {channels});
    batchNorm(shape, x.data(), gamma.data(), beta.data(), y.data(), {mean.data(), variance.data()});
    const float unbiased = static_cast<float>(static_cast<double>(shape.rows) / (shape.rows > 1 ? shape.rows - 1 : 1));
    for (int c = 0; c < channels; c++) {
      movedMean.data()[c] = moved(movingMean.data()[c], mean.data()[c]);
      movedVariance.data()[c] = moved(movingVariance.data()[c], variance.data()[c] * unbiased);
    }
  }

 private:
  const float epsilon, momentum;
  const bool relu;

  float moved(float old, float batch) const { return old * momentum + batch * (1 - momentum); }
};

class BatchNormGrad {
 public:
  static Definition definition() {
    return {"KindlingBatchNormGrad",
            {"dy: float", "x: float", "gamma: float", "beta: float", "mean: float", "variance: float"},
            {"dx: float", "dgamma: float", "dbeta: float"},
            {"epsilon: float", "relu: bool"},
            {1, 2, 2}};
  }

  explicit BatchNormGrad(Attributes& attributes)
      : epsilon(attributes.real("epsilon")), relu(attributes.flag("relu")) {}

  void compute(Computation& computation) {
    const Tensor x = computation.input(1), gamma = computation.input(2), beta = computation.input(3),
                 mean = computation.input(4), variance = computation.input(5);
    const BatchNormShape shape = shapeOf(x, epsilon, relu);
    checkVector(gamma, shape.channels, "gamma");
    checkVector(beta, shape.channels, "beta");
    checkVector(mean, shape.channels, "the mean");
    checkVector(variance, shape.channels, "the variance");
    const Computation::InPlace gradient = computation.inPlace(0, 0, x.shape());
    if (gradient.input().size() != x.size()) throw InvalidArgument("batch norm: the gradient is of another shape than x");
    const Tensor dgamma = computation.output(1, gamma.shape()), dbeta = computation.output(2, gamma.shape());
    batchNormGradient(shape, gradient.input().data(), x.data(), gamma.data(), beta.data(),
                      {mean.data(), variance.data()}, gradient.output.data(), dgamma.data(), dbeta.data());
  }

 private:
  const float epsilon;
  const bool relu;
};

class BatchNormInference {
 public:
  static Definition definition() {
    return {"KindlingBatchNormInference",
            {"x: float", "gamma: float", "beta: float", "mean: float", "variance: float"},
            {"y: float"},
            {"epsilon: float", "relu: bool"},
            {0}};
  }

  explicit BatchNormInference(Attributes& attributes)
      : epsilon(attributes.real("epsilon")), relu(attributes.flag("relu")) {}

  void compute(Computation& computation) {
    const Tensor gamma = computation.input(1), beta = computation.input(2), mean = computation.input(3),
                 variance = computation.input(4);
    const Shape extents = computation.input(0).shape();
    const Computation::InPlace x = computation.inPlace(0, 0, extents);
    const BatchNormShape shape = shapeOf(x.output, epsilon, relu);
    checkVector(gamma, shape.channels, "gamma");
    checkVector(beta, shape.channels, "beta");
    checkVector(mean, shape.channels, "the mean");
    checkVector(variance, shape.channels, "the variance");
    batchNormInference(shape, x.input().data(), gamma.data(), beta.data(), mean.data(), variance.data(),
                       x.output.data());
  }

 private:
  const float epsilon;
  const bool relu;
};

}  // namespace

void registerBatchNorm() {
  registerKernel<BatchNormInference>();
  registerKernel<BatchNorm>();
  registerKernel<BatchNormGrad>();
}

}  // namespace kindling
