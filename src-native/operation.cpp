#include "operation.h"

namespace kindling {

Tensor Computation::input(int index) {
  Status status;
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context, index, &tensor, status);
  status.check();
  return Tensor(tensor);
}

Tensor Computation::output(int index, const Shape& shape) {
  size_t bytes = sizeof(float);
  for (int64_t extent : shape) bytes *= static_cast<size_t>(extent);
  Status status;
  TF_Tensor* tensor =
      TF_AllocateOutput(context, index, TF_FLOAT, shape.data(), static_cast<int>(shape.size()), bytes, status);
  Tensor owned(tensor);
  status.check();
  return owned;
}

Computation::InPlace Computation::inPlace(int index, int output, const Shape& shape) {
  Status status;
  int forwarded = -1;
  // before anybody else holds the input: TensorFlow gives away only what nobody else has
  TF_Tensor* tensor = TF_ForwardInputOrAllocateOutput(context, &index, 1, output, shape.data(),
                                                      static_cast<int>(shape.size()), &forwarded, status);
  Tensor owned(tensor);
  status.check();
  if (forwarded >= 0) return {std::move(owned), Tensor(nullptr)};
  return {std::move(owned), input(index)};
}

float Attributes::real(const char* name) {
  Status status;
  float value = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, name, &value, status);
  status.check();
  return value;
}

bool Attributes::flag(const char* name) {
  Status status;
  unsigned char value = 0;
  TF_OpKernelConstruction_GetAttrBool(construction, name, &value, status);
  status.check();
  return value != 0;
}

int Attributes::integer(const char* name) {
  Status status;
  int32_t value = 0;
  TF_OpKernelConstruction_GetAttrInt32(construction, name, &value, status);
  status.check();
  return value;
}

std::string Attributes::text(const char* name) {
  Status status;
  int32_t items = 0, size = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, name, &items, &size, status);
  status.check();
  std::string value(static_cast<size_t>(size), '\0');
  TF_OpKernelConstruction_GetAttrString(construction, name, &value[0], value.size(), status);
  status.check();
  return value;
}

const float* biasOrNone(const Tensor& bias, long filters) {
  if (bias.size() == 0) return nullptr;
  if (bias.size() != filters) throw InvalidArgument("convolution: the bias is not one value for each filter");
  return bias.data();
}

void registerOperation(const Definition& definition, TF_KernelBuilder* kernel,
                       void (*shapes)(TF_ShapeInferenceContext*, TF_Status*)) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(definition.name);
  for (const char* each : definition.inputs) TF_OpDefinitionBuilderAddInput(builder, each);
  for (const char* each : definition.outputs) TF_OpDefinitionBuilderAddOutput(builder, each);
  for (const char* each : definition.attributes) TF_OpDefinitionBuilderAddAttr(builder, each);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, shapes);
  Status status;
  TF_RegisterOpDefinition(builder, status);
  status.check();
  TF_RegisterKernelBuilder(definition.name, kernel, status);
  status.check();
}

}  // namespace kindling
