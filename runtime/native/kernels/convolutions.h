#pragma once

#include <algorithm>

#include "filterGradient.h"
#include "gathered.h"
#include "kernel.h"
#include "window.h"

namespace shapewright {

/** A convolution's attributes, by which the window of its shapes is known. */
class ConvolutionKernel {
 public:
  explicit ConvolutionKernel(const Attributes& attributes)
      : strides_(attributes.integers("strides")), dilations_(attributes.integers("dilations")),
        explicit_(attributes.integers("explicit_paddings")), padding_(attributes.text("padding")) {
    const std::string format = attributes.text("data_format");
    if (!format.empty() && format != "NHWC") throw Failure{unimplemented, "channels have to stand last on a CPU, not as in " + format};
    if (dilations_.empty()) dilations_ = {1, 1, 1, 1};
    const auto isAlongImages = [](const std::vector<int32_t>& steps) {
      return steps.size() == 4 && steps[0] == 1 && steps[3] == 1 && steps[1] > 0 && steps[2] > 0;
    };
    if (!isAlongImages(strides_) || !isAlongImages(dilations_)) {
      throw Failure{unimplemented, "strides and dilations have to be [1, height, width, 1], and positive"};
    }
    if (padding_ == "EXPLICIT" && explicit_.size() != 8) throw Failure{invalidArgument, "explicit_paddings has to have 8 numbers"};
  }

 protected:
  Window window(const Shape& input, const Shape& filter) const {
    if (input.size() != 4 || filter.size() != 4) throw Failure{invalidArgument, "images and filters have to be of rank 4"};
    if (filter[2] == 0 || input[3] % filter[2] != 0 || (input[3] > 0 && filter[3] % (input[3] / filter[2]) != 0)) {
      throw Failure{invalidArgument, "the images' channels have to be the filter's, or groups of them"};
    }
    const int64_t groups = std::max<int64_t>(1, input[3] / filter[2]);
    return {input[0], input[3], filter[3], groups, axis(input[1], filter[0], 1), axis(input[2], filter[1], 2)};
  }

  static Shape outputShape(const Window& w) { return {w.batch, w.height.output, w.width.output, w.filters}; }

  static void expect(const Shape& shape, const Window& w) {
    if (shape != outputShape(w)) throw Failure{invalidArgument, "the output's gradient has not the output's shape"};
  }

  /** A shape that an op is given as a tensor. */
  static Shape shapeIn(const Tensor& tensor) {
    Shape shape(TF_NumDims(tensor.get()) == 1 ? TF_Dim(tensor.get(), 0) : 0);
    const void* sizes = TF_TensorData(tensor.get());
    for (size_t axis = 0; axis < shape.size(); axis++) {
      shape[axis] = TF_TensorType(tensor.get()) == int32 ? static_cast<const int32_t*>(sizes)[axis] : static_cast<const int64_t*>(sizes)[axis];
      if (shape[axis] < 0) throw Failure{invalidArgument, "a size is negative"};
    }
    return shape;
  }

 private:
  Axis axis(int64_t input, int64_t taps, int index) const {
    const int64_t stride = strides_[index], dilation = dilations_[index], reach = (taps - 1) * dilation + 1;
    if (padding_ == "SAME") {
      const int64_t output = (input + stride - 1) / stride;
      return {input, output, taps, stride, dilation, std::max<int64_t>(0, (output - 1) * stride + reach - input) / 2};
    }
    const bool isExplicit = padding_ == "EXPLICIT";
    const int64_t before = isExplicit ? explicit_[2 * index] : 0, after = isExplicit ? explicit_[2 * index + 1] : 0;
    // Rounded towards 0, as TensorFlow does: a filter that is a little larger than the image gives nothing, and is no error.
    const int64_t output = (input + before + after - reach + stride) / stride;
    if (output < 0) throw Failure{invalidArgument, "the filter is larger than the image with its padding"};
    return {input, output, taps, stride, dilation, before};
  }

  std::vector<int32_t> strides_, dilations_, explicit_;
  const std::string padding_;
};

/** Conv2D: images and a filter. */
struct Convolution : ConvolutionKernel {
  using ConvolutionKernel::ConvolutionKernel;
  void run(const Call& call) const {
    const Tensor input = call.input(0), filter = call.input(1);
    const Window w = window(shapeOf(input), shapeOf(filter));
    gathered(w, false, floats(input), floats(filter), floats(call.output(0, outputShape(w))));
  }
};

/** Conv2DBackpropInput: the input's shape, a filter and the output's gradient. */
struct ConvolutionBackpropInput : ConvolutionKernel {
  using ConvolutionKernel::ConvolutionKernel;
  void run(const Call& call) const {
    const Tensor filter = call.input(1), dy = call.input(2);
    const Shape given = shapeIn(call.input(0)), channels = shapeOf(filter);
    // TensorFlow takes height and width alone, too.
    if (given.size() == 2 && (TF_NumDims(dy.get()) != 4 || channels.size() != 4)) throw Failure{invalidArgument, "images and filters have to be of rank 4"};
    const Shape shape = given.size() == 2 ? Shape{TF_Dim(dy.get(), 0), given[0], given[1], channels[2]} : given;
    const Window w = window(shape, channels);
    expect(shapeOf(dy), w);
    gathered(w, true, floats(dy), floats(filter), floats(call.output(0, shape)));
  }
};

/** Conv2DBackpropFilter: images, the filter's shape and the output's gradient. */
struct ConvolutionBackpropFilter : ConvolutionKernel {
  using ConvolutionKernel::ConvolutionKernel;
  void run(const Call& call) const {
    const Tensor input = call.input(0), dy = call.input(2);
    const Shape shape = shapeIn(call.input(1));
    const Window w = window(shapeOf(input), shape);
    expect(shapeOf(dy), w);
    const Tensor result = call.output(0, shape);
    if (countOf(shape) == 0 || countOf(shapeOf(input)) == 0 || countOf(shapeOf(dy)) == 0) {
      std::fill_n(floats(result), countOf(shape), 0.0f);
      return;
    }
    filterGradient(w, floats(input), floats(dy), floats(result));
  }
};

}  // namespace shapewright
