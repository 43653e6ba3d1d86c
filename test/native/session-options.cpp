// With what options the binding makes sessions, with functions in the place of TensorFlow's that note what they are told.
#include "../../src-native/binding/session-options.h"

#include <cstdio>

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

int main() {
  kindling::sessionOptions(true);
  std::printf("%s\n", told.c_str());
  kindling::sessionOptions(false);
  std::printf("%s\n", told.c_str());
}
