// Where the windows of an operation lie, from its attributes.
#pragma once

#include "block-kernels.h"
#include "operation.h"

namespace kindling {

class WindowAttributes {
 public:
  static std::vector<const char*> names() {
    return {"stride: int", "top: int", "bottom: int", "left: int", "right: int"};
  }

  explicit WindowAttributes(Attributes& attributes)
      : stride(attributes.integer("stride")), top(attributes.integer("top")), bottom(attributes.integer("bottom")),
        left(attributes.integer("left")), right(attributes.integer("right")) {
    if (stride < 1 || top < 0 || bottom < 0 || left < 0 || right < 0)
      throw InvalidArgument("windows with a stride below one or a negative padding");
  }

  /** @param x [images, height, width, channels] */
  Windows over(const Tensor& x, int64_t kernelHeight, int64_t kernelWidth) const {
    const Shape image = x.shape();
    if (image.size() != 4) throw InvalidArgument("windows over what is no batch of images");
    if (kernelHeight < 1 || kernelWidth < 1 || kernelHeight * kernelWidth > kMostKernelPixels)
      throw InvalidArgument("windows that are too large");
    const auto extent = [](int64_t each) { return static_cast<int>(each); };
    Windows windows{extent(image[1]), extent(image[2]), extent(image[3]), extent(kernelHeight), extent(kernelWidth),
                    stride, top, left, 0, 0};
    const int height = windows.height + top + bottom, width = windows.width + left + right;
    if (height < windows.kernelHeight || width < windows.kernelWidth)
      throw InvalidArgument("windows that are larger than the padded image");
    windows.outputHeight = (height - windows.kernelHeight) / stride + 1;
    windows.outputWidth = (width - windows.kernelWidth) / stride + 1;
    return windows;
  }

  Shape outputShape(const Tensor& x, const Windows& windows) const {
    return {x.shape()[0], windows.outputHeight, windows.outputWidth, windows.channels};
  }

 private:
  const int stride, top, bottom, left, right;
};

}  // namespace kindling
