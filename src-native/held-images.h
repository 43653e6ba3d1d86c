// Memory of images that others own, by number, so that a step reads them where they lie.
#pragma once

#include <cstdint>

namespace kindling {

struct HeldImages {
  const uint8_t* bytes;
  long size;
};

/** The owner leaves the memory as it is until it is let go. @returns its number, which no other ever gets */
int32_t holdImages(const HeldImages& images);
void letGoOfImages(int32_t number);
/** @throws std::invalid_argument for a number by which nothing is held */
HeldImages heldImages(int32_t number);

}  // namespace kindling
