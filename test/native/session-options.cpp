// With what options the binding makes sessions, with functions in the place of TensorFlow's that note what they are told.
#include "../../src-native/binding/session-options.h"

#include <cstdio>
#include <cstdlib>

// what a session is told, in hexadecimal digits
namespace {
std::string told;
}

extern "C" TF_Status* TF_NewStatus() { return nullptr; }
extern "C" void TF_DeleteStatus(TF_Status*) {}
#undef TF_NewSessionOptions
extern "C" TF_SessionOptions* TF_NewSessionOptions() { return nullptr; }
extern "C" void TF_SetConfig(TF_SessionOptions*, const void* bytes, size_t count, TF_Status*) {
  char digits[3];
  for (size_t i = 0; i < count; i++) {
    std::snprintf(digits, sizeof digits, "%02x", static_cast<const unsigned char*>(bytes)[i]);
    told += digits;
  }
}

#undef TF_LoadSessionFromSavedModel
extern "C" TF_Session* TF_LoadSessionFromSavedModel(const TF_SessionOptions*, const TF_Buffer*, const char*, const char* const*,
                                                    int, TF_Graph*, TF_Buffer*, TF_Status*) {
  return nullptr;
}

namespace {
void tell() {
  std::printf("%s\n", told.c_str());
  told.clear();
}

void load(const char* tag) {
  kindling::loadSession(nullptr, nullptr, "", &tag, 1, nullptr, nullptr, nullptr);
  tell();
}
}  // namespace

int main() {
  kindling::sessionOptions(true);
  tell();
  kindling::sessionOptions(false);
  tell();
  load("serve");
  unsetenv("TF_NUM_INTEROP_THREADS");
  load("as-recorded");
  setenv("TF_NUM_INTEROP_THREADS", "1", 1);
  load("as-recorded");
  load("on-gpu");
  load("on-gpu-with-groups");
  setenv("KINDLING_LAYOUT", "nhwc", 1);
  load("on-gpu");
  load("on-gpu-with-groups");
}
