#pragma once

#include <algorithm>
#include <string>

#include "kernel.h"

namespace shapewright {

/** What both kernels of a batch normalisation are told. */
class NormalizationKernel {
 public:
  explicit NormalizationKernel(const Attributes& attributes)
      : epsilon_(attributes.number("epsilon")), isTraining_(attributes.flag("is_training")) {
    const std::string format = attributes.text("data_format");
    hasDepth_ = format == "NDHWC" || format == "NCDHW";
    isChannelsFirst_ = format == "NCHW" || format == "NCDHW";
    if (!isChannelsFirst_ && !hasDepth_ && !format.empty() && format != "NHWC") {
      throw Failure{unimplemented, "batch normalization of images in the format " + format};
    }
  }

 protected:
  /** The images' shape with channels last; of those that have a depth, all planes are one under another. */
  Shape shapeOfImages(const Tensor& images) const {
    Shape shape = shapeOf(images);
    if (shape.size() != (hasDepth_ ? 5 : 4)) throw Failure{invalidArgument, hasDepth_ ? "images have to be of rank 5" : "images have to be of rank 4"};
    if (isChannelsFirst_) std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
    if (hasDepth_) {
      shape[2] *= shape[1];
      shape.erase(shape.begin() + 1);
    }
    return shape;
  }

  static void expectChannels(const Tensor& vector, int64_t channels) {
    if (shapeOf(vector) != Shape{channels}) throw Failure{invalidArgument, "there has to be a number for each channel"};
  }

  const float epsilon_;
  const bool isTraining_;
  bool hasDepth_, isChannelsFirst_;
};

}  // namespace shapewright
