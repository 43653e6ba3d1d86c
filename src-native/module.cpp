// The module that Node loads: registers the operations with the TensorFlow that is in the process already.
#include <node_api.h>

#include <exception>
#include <map>
#include <string>

#include "held-images.h"
#include "isa.h"
#include "operations.h"
#include "pool.h"

namespace {

napi_value text(napi_env env, const std::string& value) {
  napi_value result = nullptr;
  napi_create_string_utf8(env, value.c_str(), value.size(), &result);
  return result;
}

/** use(instruction set, threads): whether there is such a set; the threads are taken in any case. */
napi_value use(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2] = {};
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  char name[32] = "";
  int32_t threads = 0;
  napi_value result = nullptr;
  if (count < 2 || napi_get_value_string_utf8(env, arguments[0], name, sizeof name, nullptr) != napi_ok ||
      napi_get_value_int32(env, arguments[1], &threads) != napi_ok) {
    napi_throw_type_error(env, nullptr, "use(instruction set, threads)");
    return result;
  }
  kindling::useThreads(threads);
  napi_get_boolean(env, kindling::useKernels(name), &result);
  return result;
}

/** References to the arrays whose memory is held, by its number. */
std::map<int32_t, napi_ref> arrays;

/** hold(bytes): the number by which a step finds them where they lie. The array stays until its memory is let go. */
napi_value hold(napi_env env, napi_callback_info info) {
  size_t count = 1, length = 0;
  napi_value array = nullptr, result = nullptr;
  napi_get_cb_info(env, info, &count, &array, nullptr, nullptr);
  napi_typedarray_type type;
  void* bytes = nullptr;
  if (count < 1 || napi_get_typedarray_info(env, array, &type, &length, &bytes, nullptr, nullptr) != napi_ok ||
      type != napi_uint8_array) {
    napi_throw_type_error(env, nullptr, "hold(bytes)");
    return result;
  }
  napi_ref reference = nullptr;
  if (napi_create_reference(env, array, 1, &reference) != napi_ok) {
    napi_throw_error(env, nullptr, "the bytes cannot be held");
    return result;
  }
  const int32_t number = kindling::holdImages({static_cast<const uint8_t*>(bytes), static_cast<long>(length)});
  arrays[number] = reference;
  napi_create_int32(env, number, &result);
  return result;
}

/** letGo(number); of one that is not held nothing becomes. */
napi_value letGo(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument = nullptr;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  int32_t number = 0;
  if (count < 1 || napi_get_value_int32(env, argument, &number) != napi_ok) {
    napi_throw_type_error(env, nullptr, "letGo(number)");
    return nullptr;
  }
  kindling::letGoOfImages(number);
  const auto found = arrays.find(number);
  if (found == arrays.end()) return nullptr;
  napi_delete_reference(env, found->second);
  arrays.erase(found);
  return nullptr;
}

void provide(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
  napi_set_named_property(env, exports, name, function);
}

napi_value start(napi_env env, napi_value exports) {
  try {
    kindling::registerBatchNorm();
    kindling::registerBias();
    kindling::registerDepthwise();
    kindling::registerElementwise();
    kindling::registerExpand();
    kindling::registerImages();
    kindling::registerPointwise();
    kindling::registerSwap();
    kindling::registerWinograd();
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
  napi_value sets = nullptr;
  napi_create_array(env, &sets);
  uint32_t place = 0;
  for (const kindling::BlockKernels* each : kindling::availableKernels())
    napi_set_element(env, sets, place++, text(env, each->name));
  napi_set_named_property(env, exports, "instructionSets", sets);
  provide(env, exports, "use", use);
  provide(env, exports, "hold", hold);
  provide(env, exports, "letGo", letGo);
  return exports;
}

}  // namespace

NAPI_MODULE(kindling_kernels, start)
