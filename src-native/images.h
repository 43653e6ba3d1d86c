// Images from bytes: shifted, mirrored, normalised and blanked in part, as an augmentation varies them.
#pragma once

#include <cstdint>

namespace kindling {

struct ByteImages {
  int height, width, channels;

  long size() const { return static_cast<long>(height) * width * channels; }
};

/** How an image is varied, in this order. What lies outside of it, and the rectangle that is blanked, becomes zero. */
struct ImageVariation {
  /** Pixels by which it moves up and left. */
  int32_t shiftY, shiftX;
  /** Whether it is mirrored after that. */
  int32_t flip;
  /** The blanked rectangle of the result, up to and without its last row and column. */
  int32_t top, bottom, left, right;
};

/**
 * @param bytes one image after another, of which some are written
 * @param places those that are written, counted in images
 * @param table what each byte of each channel becomes, [channels, 256]
 * @param to [images, height, width, channels]
 */
void writeImages(long images, const ByteImages& shape, const uint8_t* bytes, const int32_t* places,
                 const ImageVariation* variations, const float* table, float* to);

}  // namespace kindling
