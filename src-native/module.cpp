// The module that Node loads: registers the operations with the TensorFlow that is in the process already.
#include <node_api.h>

#include <exception>
#include <string>

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
  napi_value sets = nullptr, function = nullptr;
  napi_create_array(env, &sets);
  uint32_t place = 0;
  for (const kindling::BlockKernels* each : kindling::availableKernels())
    napi_set_element(env, sets, place++, text(env, each->name));
  napi_create_function(env, "use", NAPI_AUTO_LENGTH, use, nullptr, &function);
  napi_set_named_property(env, exports, "instructionSets", sets);
  napi_set_named_property(env, exports, "use", function);
  return exports;
}

}  // namespace

NAPI_MODULE(kindling_kernels, start)
