#include "images.h"

#include <algorithm>

#include "pool.h"

namespace kindling {

namespace {

constexpr int kBytes = 256;

/** Pixels that lie one after another; with a step of minus one each is written before the one that was written last. */
template <int channels>
void lookUp(const uint8_t* from, long pixels, const float* table, int step, float* to) {
  for (long i = 0; i < pixels; i++, from += channels, to += step * channels)
    for (int channel = 0; channel < channels; channel++) to[channel] = table[channel * kBytes + from[channel]];
}

void lookUp(const uint8_t* from, long pixels, int channels, const float* table, int step, float* to) {
  if (channels == 1) return lookUp<1>(from, pixels, table, step, to);
  if (channels == 3) return lookUp<3>(from, pixels, table, step, to);
  for (long i = 0; i < pixels; i++, from += channels, to += step * channels)
    for (int channel = 0; channel < channels; channel++) to[channel] = table[channel * kBytes + from[channel]];
}

void writeImage(const ByteImages& shape, const uint8_t* from, const ImageVariation& variation, const float* table,
                float* to) {
  const auto [height, width, channels] = shape;
  const long row = static_cast<long>(width) * channels;
  if (variation.shiftY == 0 && variation.shiftX == 0 && variation.flip == 0) {
    lookUp(from, static_cast<long>(height) * width, channels, table, 1, to);
  } else {
    // columns of the result, before it is mirrored, whose pixels lie inside
    const long first = std::max<long>(0, -static_cast<long>(variation.shiftX));
    const long last = std::min<long>(width, width - static_cast<long>(variation.shiftX));
    for (long y = 0; y < height; y++) {
      float* const target = to + y * row;
      const long source = y + variation.shiftY;
      const bool isInside = source >= 0 && source < height && first < last;
      if (!isInside || last - first < width) std::fill(target, target + row, 0.0f);
      if (!isInside) continue;
      const uint8_t* const pixels = from + source * row + (first + variation.shiftX) * channels;
      if (variation.flip != 0)
        lookUp(pixels, last - first, channels, table, -1, target + (width - 1 - first) * channels);
      else
        lookUp(pixels, last - first, channels, table, 1, target + first * channels);
    }
  }
  const long left = std::max(0, variation.left), right = std::min(width, variation.right);
  if (left >= right) return;
  for (long y = std::max(0, variation.top); y < std::min(height, variation.bottom); y++)
    std::fill(to + y * row + left * channels, to + y * row + right * channels, 0.0f);
}

}  // namespace

void writeImages(long images, const ByteImages& shape, const uint8_t* bytes, const int32_t* places,
                 const ImageVariation* variations, const float* table, float* to) {
  overParts(images, images * shape.size(), [&](long image) {
    writeImage(shape, bytes + places[image] * shape.size(), variations[image], table, to + image * shape.size());
  });
}

}  // namespace kindling
