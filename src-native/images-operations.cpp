#include "images.h"
#include "operation.h"
#include "operations.h"

namespace kindling {

namespace {

constexpr long kVariationNumbers = sizeof(ImageVariation) / sizeof(int32_t);

class Images {
 public:
  static Definition definition() {
    return {"KindlingImages",
            {"words: int32", "variations: int32", "table: float"},
            {"images: float"},
            {"height: int >= 1", "width: int >= 1", "channels: int >= 1"},
            {}};
  }

  explicit Images(Attributes& attributes)
      : shape{attributes.integer("height"), attributes.integer("width"), attributes.integer("channels")} {}

  void compute(Computation& computation) {
    const Tensor words = computation.input(0), variations = computation.input(1), table = computation.input(2);
    const long images = words.size() / shape.words();
    if (words.size() != images * shape.words()) throw InvalidArgument("images: the bytes are of another size");
    if (variations.size() != images * kVariationNumbers) throw InvalidArgument("images: not one variation for each image");
    if (table.size() != shape.channels * 256L) throw InvalidArgument("images: the table is of other channels");
    const Tensor output = computation.output(0, {images * shape.size()});
    writeImages(images, shape, words.integers(), reinterpret_cast<const ImageVariation*>(variations.integers()),
                table.data(), output.data());
  }

 private:
  const ByteImages shape;
};

}  // namespace

void registerImages() { registerKernel<Images>(); }

}  // namespace kindling
