// An operation of TensorFlow's that is computed here: its tensors, its attributes, its registration.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow-kernels.h"

namespace kindling {

using Shape = std::vector<int64_t>;

/** What a kernel may throw: TensorFlow ends the step with this message. */
struct InvalidArgument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** Ends what goes wrong in TensorFlow's functions as an exception. */
class Status {
 public:
  Status() : status(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;
  operator TF_Status*() { return status; }
  void check() const {
    if (TF_GetCode(status) != TF_OK) throw std::runtime_error(TF_Message(status));
  }

 private:
  TF_Status* const status;
};

/** A tensor for the time of one computation; what it holds is what the operation is declared for. */
class Tensor {
 public:
  explicit Tensor(TF_Tensor* tensor) : tensor(tensor) {}
  ~Tensor() {
    if (tensor != nullptr) TF_DeleteTensor(tensor);
  }
  Tensor(Tensor&& other) noexcept : tensor(other.tensor) { other.tensor = nullptr; }
  Tensor(const Tensor&) = delete;
  Tensor& operator=(const Tensor&) = delete;

  bool exists() const { return tensor != nullptr; }
  float* data() const { return static_cast<float*>(TF_TensorData(tensor)); }
  const int32_t* integers() const { return static_cast<const int32_t*>(TF_TensorData(tensor)); }
  long size() const { return static_cast<long>(TF_TensorElementCount(tensor)); }
  Shape shape() const {
    Shape extents;
    for (int i = 0; i < TF_NumDims(tensor); i++) extents.push_back(TF_Dim(tensor, i));
    return extents;
  }

 private:
  TF_Tensor* tensor;
};

/** One computation: hands out inputs and outputs. */
class Computation {
 public:
  explicit Computation(TF_OpKernelContext* context) : context(context) {}
  Tensor input(int index);
  Tensor output(int index, const Shape& shape);
  /** An output in the memory of an input that nobody needs any more, or else in its own beside the input. */
  struct InPlace {
    Tensor output;
    /** None where the output is in its memory. */
    Tensor apart;
    const Tensor& input() const { return apart.exists() ? apart : output; }
  };
  InPlace inPlace(int input, int output, const Shape& shape);

 private:
  TF_OpKernelContext* const context;
};

/** Reads attributes when a graph is loaded. */
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction(construction) {}
  float real(const char* name);
  bool flag(const char* name);
  int integer(const char* name);
  std::string text(const char* name);

 private:
  TF_OpKernelConstruction* const construction;
};

/** A bias of one value for each filter, or null where the tensor is empty. */
const float* biasOrNone(const Tensor& bias, long filters);

/** Specifications are TensorFlow's, e.g. "x: float" and "relu: bool". */
struct Definition {
  const char* name;
  std::vector<const char*> inputs, outputs, attributes;
  /** Of each output the input whose shape it has; none where an attribute decides. */
  std::vector<int> shapes;
};

void registerOperation(const Definition& definition, TF_KernelBuilder* kernel,
                       void (*shapes)(TF_ShapeInferenceContext*, TF_Status*));

/** Gives each output of `Kernel` the shape of an input; unknown ones where it names none. */
template <class Kernel>
void inferShapes(TF_ShapeInferenceContext* context, TF_Status* status) {
  const std::vector<int> shapes = Kernel::definition().shapes;
  if (shapes.empty()) return TF_ShapeInferenceContextSetUnknownShape(context, status);
  TF_ShapeHandle* handle = TF_NewShapeHandle();
  for (size_t output = 0; output < shapes.size() && TF_GetCode(status) == TF_OK; output++) {
    TF_ShapeInferenceContextGetInput(context, shapes[output], handle, status);
    if (TF_GetCode(status) == TF_OK)
      TF_ShapeInferenceContextSetOutput(context, static_cast<int>(output), handle, status);
  }
  TF_DeleteShapeHandle(handle);
}

/**
 * Registers a kernel for the processor. `Kernel` is made of its attributes and computes:
 * `static Definition definition()`, `Kernel(Attributes&)`, `void compute(Computation&)`.
 */
template <class Kernel>
void registerKernel() {
  const Definition definition = Kernel::definition();
  TF_KernelBuilder* builder = TF_NewKernelBuilder(
      definition.name, "CPU",
      [](TF_OpKernelConstruction* construction) -> void* {
        try {
          Attributes attributes(construction);
          return new Kernel(attributes);
        } catch (const std::exception& error) {
          Status status;
          TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelConstruction_Failure(construction, status);
          return nullptr;
        }
      },
      [](void* kernel, TF_OpKernelContext* context) {
        try {
          Computation computation(context);
          static_cast<Kernel*>(kernel)->compute(computation);
        } catch (const std::exception& error) {
          Status status;
          TF_SetStatus(status, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelContext_Failure(context, status);
        }
      },
      [](void* kernel) { delete static_cast<Kernel*>(kernel); });
  registerOperation(definition, builder, inferShapes<Kernel>);
}

}  // namespace kindling
