#include "images.h"

#include <string>

#include "held-images.h"
#include "operation.h"
#include "operations.h"

namespace kindling {

namespace {

constexpr long kVariationNumbers = sizeof(ImageVariation) / sizeof(int32_t);

class Images {
 public:
  static Definition definition() {
    return {"KindlingImages",
            {"memory: int32", "places: int32", "variations: int32", "table: float"},
            {"images: float"},
            {"height: int >= 1", "width: int >= 1", "channels: int >= 1"},
            {}};
  }

  explicit Images(Attributes& attributes)
      : shape{attributes.integer("height"), attributes.integer("width"), attributes.integer("channels")} {}

  void compute(Computation& computation) {
    const Tensor memory = computation.input(0), places = computation.input(1), variations = computation.input(2),
                 table = computation.input(3);
    if (memory.size() != 1) throw InvalidArgument("images: the memory is not one number");
    const HeldImages held = heldImages(memory.integers()[0]);
    const long images = places.size(), count = held.size / shape.size();
    if (held.size != count * shape.size()) throw InvalidArgument("images: their memory is of another size");
    for (long i = 0; i < images; i++) {
      const int32_t place = places.integers()[i];
      if (place < 0 || place >= count)
        throw InvalidArgument("images: there is no image " + std::to_string(place) + " of " + std::to_string(count));
    }
    if (variations.size() != images * kVariationNumbers) throw InvalidArgument("images: not one variation for each image");
    if (table.size() != shape.channels * 256L) throw InvalidArgument("images: the table is of other channels");
    const Tensor output = computation.output(0, {images * shape.size()});
    writeImages(images, shape, held.bytes, places.integers(),
                reinterpret_cast<const ImageVariation*>(variations.integers()), table.data(), output.data());
  }

 private:
  const ByteImages shape;
};

}  // namespace

void registerImages() { registerKernel<Images>(); }

}  // namespace kindling
