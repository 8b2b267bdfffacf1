#pragma once

#include <algorithm>

#include "filterGradient.h"
#include "finish.h"
#include "gathered.h"
#include "images.h"
#include "kernel.h"
#include "operation.h"
#include "transposedProduct.h"
#include "window.h"

namespace shapewright {

/** A convolution's attributes, by which the window of its shapes is known. Shapes are those with channels last, however images stand. */
class ConvolutionKernel {
 public:
  explicit ConvolutionKernel(const Attributes& attributes)
      : strides_(attributes.integers("strides")), dilations_(attributes.integers("dilations")),
        explicit_(attributes.integers("explicit_paddings")), padding_(attributes.text("padding")) {
    const std::string format = attributes.text("data_format");
    isChannelsFirst_ = format == "NCHW";
    if (!isChannelsFirst_ && !format.empty() && format != "NHWC") throw Failure{invalidArgument, "there is no data format " + format};
    if (dilations_.empty()) dilations_ = {1, 1, 1, 1};
    if (isChannelsFirst_) {
      strides_ = channelsLast(strides_);
      dilations_ = channelsLast(dilations_);
      // Two for each axis.
      if (explicit_.size() == 8) std::rotate(explicit_.begin() + 2, explicit_.begin() + 4, explicit_.end());
    }
    const auto isAlongImages = [](const std::vector<int32_t>& steps) {
      return steps.size() == 4 && steps[0] == 1 && steps[3] == 1 && steps[1] > 0 && steps[2] > 0;
    };
    if (!isAlongImages(strides_) || !isAlongImages(dilations_)) {
      throw Failure{unimplemented, "strides and dilations have to be 1 but for height and width, and positive"};
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

  Images images(const Tensor& tensor, const Shape& shape) const { return Images(tensor, shape, isChannelsFirst_); }

  /** Of sizes as they are given. */
  template <typename T>
  std::vector<T> channelsLast(std::vector<T> sizes) const {
    if (isChannelsFirst_ && sizes.size() == 4) std::rotate(sizes.begin() + 1, sizes.begin() + 2, sizes.end());
    return sizes;
  }

  /** Sizes as they are given. */
  Shape asGiven(Shape sizes) const {
    if (isChannelsFirst_ && sizes.size() == 4) std::rotate(sizes.begin() + 1, sizes.end() - 1, sizes.end());
    return sizes;
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

  /**
   * The gradient of a filter, of images, the filter's shape and the output's gradient, as `sum` makes it of them with channels last: zeros where there is nothing
   * to sum.
   */
  template <typename WindowOf, typename Sum>
  void filterGradientOf(const Call& call, const WindowOf& windowOf, const Sum& sum) const {
    const Tensor input = call.input(0), gradient = call.input(2);
    const Shape filter = shapeIn(call.input(1)), shape = channelsLast(shapeOf(input)), outputs = channelsLast(shapeOf(gradient));
    const Window w = windowOf(shape, filter);
    expect(outputs, w);
    const Tensor result = call.output(0, filter);
    if (countOf(filter) == 0 || countOf(shape) == 0 || countOf(outputs) == 0) {
      std::fill_n(floats(result), countOf(filter), 0.0f);
      return;
    }
    const Images x = images(input, shape), dy = images(gradient, outputs);
    x.read();
    dy.read();
    sum(w, x, dy, floats(result));
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
  bool isChannelsFirst_;
  const std::string padding_;
};

/** Conv2D: images and a filter. */
struct Convolution : ConvolutionKernel {
  using ConvolutionKernel::ConvolutionKernel;
  void run(const Call& call) const {
    const Tensor input = call.input(0), filter = call.input(1);
    const Shape shape = channelsLast(shapeOf(input));
    const Window w = window(shape, shapeOf(filter));
    const Tensor output = call.output(0, asGiven(outputShape(w)));
    const Images x = images(input, shape), y = images(output, outputShape(w));
    gathered(w, false, x.read(), floats(filter), y.data());
    y.written();
  }
};

/** activation(images ∗ filter + bias), an op of our own: images whose channels stand last, a filter and a bias. */
class FinishedConvolution : ConvolutionKernel {
 public:
  explicit FinishedConvolution(const Attributes& attributes) : ConvolutionKernel(attributes), finish_(attributes) {}

  /** Makes TensorFlow know the op, and compute it. */
  static bool registerAll() {
    const char* const op = "ShapewrightConvolution";
    const auto attributes = {"T: {float}", "strides: list(int)", "padding: string", "data_format: {'NHWC'}", "dilations: list(int) = [1, 1, 1, 1]",
                             "activation: string", "alpha: float = 0"};
    return registerOp(op, {"images: T", "filter: T", "bias: T"}, {"y: T"}, attributes) && registerKernel<FinishedConvolution>(op);
  }

  void run(const Call& call) const {
    const Tensor input = call.input(0), filter = call.input(1), bias = call.input(2);
    const Window w = window(shapeOf(input), shapeOf(filter));
    if (shapeOf(bias) != Shape{w.filters}) throw Failure{invalidArgument, "a bias has to have a number for each filter"};
    const Tensor output = call.output(0, outputShape(w));
    gathered(w, false, floats(input), floats(filter), floats(output), &finish_, floats(bias));
  }

 private:
  const Finish finish_;
};

/** Conv2DBackpropInput: the input's shape, a filter and the output's gradient. */
struct ConvolutionBackpropInput : ConvolutionKernel {
  using ConvolutionKernel::ConvolutionKernel;
  void run(const Call& call) const {
    const Tensor filter = call.input(1), gradient = call.input(2);
    const Shape given = shapeIn(call.input(0)), channels = shapeOf(filter), outputs = channelsLast(shapeOf(gradient));
    // TensorFlow takes height and width alone, too.
    if (given.size() == 2 && (outputs.size() != 4 || channels.size() != 4)) throw Failure{invalidArgument, "images and filters have to be of rank 4"};
    const Shape shape = given.size() == 2 ? Shape{outputs[0], given[0], given[1], channels[2]} : channelsLast(given);
    const Window w = window(shape, channels);
    expect(outputs, w);
    const Tensor result = call.output(0, asGiven(shape));
    const Images dy = images(gradient, outputs), dx = images(result, shape);
    gathered(w, true, dy.read(), floats(filter), dx.data());
    dx.written();
  }
};

/** Conv2DBackpropFilter: images, the filter's shape and the output's gradient. */
struct ConvolutionBackpropFilter : ConvolutionKernel {
  using ConvolutionKernel::ConvolutionKernel;
  void run(const Call& call) const {
    const auto windowOf = [&](const Shape& input, const Shape& filter) { return window(input, filter); };
    filterGradientOf(call, windowOf, [](const Window& w, const Images& x, const Images& dy, float* result) {
      // A place's channels, multiplied by a matrix, have a gradient that is a product of matrices.
      const auto isPlain = [](const Axis& axis) { return axis.taps == 1 && axis.stride == 1 && axis.input == axis.output && axis.before == 0; };
      if (w.groups == 1 && isPlain(w.height) && isPlain(w.width)) {
        TransposedProduct::multiply(x.data(), dy.data(), w.outputs(), w.channels, w.filters, result);
      } else {
        filterGradient(w, x.data(), dy.data(), result);
      }
    });
  }
};

}  // namespace shapewright
