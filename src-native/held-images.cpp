#include "held-images.h"

#include <map>
#include <mutex>
#include <stdexcept>

namespace kindling {

namespace {

std::mutex mutex;
std::map<int32_t, HeldImages> held;
int32_t last = 0;

}  // namespace

int32_t holdImages(const HeldImages& images) {
  const std::lock_guard<std::mutex> lock(mutex);
  held[++last] = images;
  return last;
}

void letGoOfImages(int32_t number) {
  const std::lock_guard<std::mutex> lock(mutex);
  held.erase(number);
}

HeldImages heldImages(int32_t number) {
  const std::lock_guard<std::mutex> lock(mutex);
  const auto found = held.find(number);
  if (found == held.end()) throw std::invalid_argument("images: their memory is not held");
  return found->second;
}

}  // namespace kindling
