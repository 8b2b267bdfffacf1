#pragma once

#include <algorithm>
#include <memory>

#include "channelByChannel.h"
#include "channelFilters.h"
#include "convolutions.h"
#include "images.h"
#include "scratch.h"

namespace shapewright {

/**
 * Numbers with a result's channels last, as the kernels want them: whole vectors. Where the channels are no such, or images have one for several results,
 * a copy, in which zeros fill the last vector.
 */
class WholeChannels {
 public:
  /** @param each how many results are made of one channel of these numbers */
  WholeChannels(float* given, int64_t places, int64_t channels, int64_t each)
      : given_(given), places_(places), channels_(channels), each_(each), wide_(wideOf(channels * each)),
        copy_(each == 1 && channels == wide_ ? nullptr : new Scratch(places * wide_)) {}

  /** So many channels are whole vectors. */
  static int64_t wideOf(int64_t channels) { return (channels + lanes - 1) / lanes * lanes; }

  float* data() const { return copy_ ? copy_->data() : given_; }

  /** Of numbers that are read, before. */
  const float* read() const {
    if (!copy_) return given_;
    for (int64_t place = 0; place < places_; place++) {
      float* to = copy_->data() + place * wide_;
      for (int64_t i = 0; i < channels_ * each_; i++) to[i] = given_[place * channels_ + i / each_];
      std::fill(to + channels_ * each_, to + wide_, 0.0f);
    }
    return copy_->data();
  }

  /** Of numbers that are written, after: what several results have of a channel is added up. */
  void written() const {
    if (!copy_) return;
    for (int64_t i = 0; i < places_ * channels_; i++) {
      const float* from = copy_->data() + i / channels_ * wide_ + i % channels_ * each_;
      float sum = from[0];
      for (int64_t m = 1; m < each_; m++) sum += from[m];
      given_[i] = sum;
    }
  }

 private:
  float* const given_;
  const int64_t places_, channels_, each_, wide_;
  const std::unique_ptr<Scratch> copy_;
};

/** A convolution of each channel by itself, with several filters for each: [height, width, channels, filters of each]. */
class DepthwiseKernel : protected ConvolutionKernel {
 public:
  using ConvolutionKernel::ConvolutionKernel;

 protected:
  /** As many groups as channels, whose filters stand in the same order. */
  Window depthwiseWindow(const Shape& input, const Shape& filter) const {
    if (input.size() != 4 || filter.size() != 4) throw Failure{invalidArgument, "images and filters have to be of rank 4"};
    if (filter[2] != input[3]) throw Failure{invalidArgument, "the filter has to have the images' channels"};
    return window(input, {filter[0], filter[1], 1, filter[2] * filter[3]});
  }

  /** The same of whole vectors of channels, with one filter for each. */
  static Window wide(Window w) {
    w.channels = w.filters = w.groups = WholeChannels::wideOf(w.filters);
    return w;
  }

  static WholeChannels inputs(const Window& w, float* x) { return {x, w.inputs(), w.channels, w.channels > 0 ? w.filters / w.channels : 1}; }
  static WholeChannels outputs(const Window& w, float* y) { return {y, w.outputs(), w.filters, 1}; }
  static WholeChannels filters(const Window& w, float* filter) { return {filter, w.taps(), w.filters, 1}; }
};

/** DepthwiseConv2dNative: images and a filter. */
struct DepthwiseConvolution : DepthwiseKernel {
  using DepthwiseKernel::DepthwiseKernel;
  void run(const Call& call) const {
    const Tensor input = call.input(0), filter = call.input(1);
    const Shape shape = channelsLast(shapeOf(input));
    const Window w = depthwiseWindow(shape, shapeOf(filter));
    const Tensor output = call.output(0, asGiven(outputShape(w)));
    if (countOf(outputShape(w)) == 0) return;
    const Images x = images(input, shape), y = images(output, outputShape(w));
    x.read();
    const WholeChannels result = outputs(w, y.data());
    channelByChannel(wide(w), false, inputs(w, x.data()).read(), filters(w, floats(filter)).read(), result.data());
    result.written();
    y.written();
  }
};

/** DepthwiseConv2dNativeBackpropInput: the input's shape, a filter and the output's gradient. */
struct DepthwiseBackpropInput : DepthwiseKernel {
  using DepthwiseKernel::DepthwiseKernel;
  void run(const Call& call) const {
    const Tensor filter = call.input(1), gradient = call.input(2);
    const Shape shape = channelsLast(shapeIn(call.input(0))), slopes = channelsLast(shapeOf(gradient));
    const Window w = depthwiseWindow(shape, shapeOf(filter));
    expect(slopes, w);
    const Tensor result = call.output(0, asGiven(shape));
    if (countOf(shape) == 0 || countOf(slopes) == 0) {
      std::fill_n(floats(result), countOf(shape), 0.0f);
      return;
    }
    const Images dy = images(gradient, slopes), dx = images(result, shape);
    dy.read();
    const WholeChannels to = inputs(w, dx.data());
    channelByChannel(wide(w), true, outputs(w, dy.data()).read(), filters(w, floats(filter)).read(), to.data());
    to.written();
    dx.written();
  }
};

/** DepthwiseConv2dNativeBackpropFilter: images, the filter's shape and the output's gradient. */
struct DepthwiseBackpropFilter : DepthwiseKernel {
  using DepthwiseKernel::DepthwiseKernel;
  void run(const Call& call) const {
    const auto windowOf = [&](const Shape& input, const Shape& filter) { return depthwiseWindow(input, filter); };
    filterGradientOf(call, windowOf, [](const Window& w, const Images& x, const Images& dy, float* result) {
      const WholeChannels to = filters(w, result);
      channelFilters(wide(w), inputs(w, x.data()).read(), outputs(w, dy.data()).read(), to.data());
      to.written();
    });
  }
};

}  // namespace shapewright
