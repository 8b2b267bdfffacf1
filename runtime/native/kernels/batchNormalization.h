#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "channels.h"
#include "images.h"
#include "normalization.h"
#include "statistics.h"

namespace shapewright {

/** FusedBatchNormV3: images and γ, β, the mean and the variance of each channel, of which the last two are what is moved in training. */
class BatchNormalization : NormalizationKernel {
 public:
  explicit BatchNormalization(const Attributes& attributes)
      : NormalizationKernel(attributes), share_(attributes.number("exponential_avg_factor", 1)) {}

  void run(const Call& call) const {
    const Tensor images = call.input(0), gamma = call.input(1), beta = call.input(2), oldMean = call.input(3), oldVariance = call.input(4);
    const Shape shape = shapeOfImages(images);
    const int64_t channels = shape[3], places = countOf({shape[0], shape[1], shape[2]});
    expectChannels(gamma, channels);
    expectChannels(beta, channels);
    const bool isMoved = isTraining_ && share_ != 1;
    if (!isTraining_ || isMoved) {
      expectChannels(oldMean, channels);
      expectChannels(oldVariance, channels);
    }
    const Tensor result = call.output(0, shapeOf(images)), newMean = call.output(1, {channels}), newVariance = call.output(2, {channels});
    const Tensor mean = call.output(3, {channels}), variance = call.output(4, {channels});
    *floats(call.output(5, {})) = 0;

    const Images x(images, shape, isChannelsFirst_), y(result, shape, isChannelsFirst_);
    const Channels c(places, channels);
    std::vector<float> offset(floats(beta), floats(beta) + channels);
    std::vector<double> rest(channels);
    if (places == 0) {
      for (const Tensor* to : {&newMean, &newVariance, &mean, &variance}) std::fill_n(floats(*to), channels, std::numeric_limits<float>::quiet_NaN());
    } else if (!isTraining_) {
      for (const Tensor* to : {&newMean, &mean}) std::copy_n(floats(oldMean), channels, floats(*to));
      for (const Tensor* to : {&newVariance, &variance}) std::copy_n(floats(oldVariance), channels, floats(*to));
    } else {
      const Statistics of = statisticsOf(x.read(), c);
      for (int64_t j = 0; j < channels; j++) {
        floats(mean)[j] = of.mean[j];
        rest[j] = of.mean[j] - floats(mean)[j];
        floats(variance)[j] = of.squares[j] / places;
        // That of what the batch is drawn from.
        const float unbiased = of.squares[j] / std::max<int64_t>(1, places - 1);
        floats(newMean)[j] = isMoved ? (1 - share_) * floats(oldMean)[j] + share_ * floats(mean)[j] : floats(mean)[j];
        floats(newVariance)[j] = isMoved ? (1 - share_) * floats(oldVariance)[j] + share_ * unbiased : unbiased;
      }
    }
    if (places == 0 || channels == 0) return;
    std::vector<float> scale(channels);
    for (int64_t j = 0; j < channels; j++) {
      scale[j] = floats(gamma)[j] / std::sqrt(floats(variance)[j] + epsilon_);
      // What a float has no digits for in a mean that is large beside the deviation.
      offset[j] -= rest[j] * scale[j];
    }
    normalize(isTraining_ ? x.data() : x.read(), c, floats(mean), scale.data(), offset.data(), y.data());
    y.written();
  }

 private:
  /** y = (x - mean) · scale + offset. */
  static void normalize(const float* x, const Channels& c, const float* mean, const float* scale, const float* offset, float* y) {
    const Scratch spread(3 * c.wide);
    float *const means = spread.data(), *const scales = means + c.wide, *const offsets = scales + c.wide;
    c.spread(mean, means);
    c.spread(scale, scales);
    c.spread(offset, offsets);
    c.eachBackward([&](int64_t first, int64_t count) {
      for (int64_t at = first * c.wide; at < (first + count) * c.wide; at += c.wide) {
        for (int64_t j = 0; j < c.wide; j += lanes) store(y + at + j, (load(x + at + j) - load(means + j)) * load(scales + j) + load(offsets + j));
      }
    });
    for (int64_t i = c.rows * c.wide, j = 0; j < c.behind * c.channels; i++, j++) y[i] = (x[i] - means[j]) * scales[j] + offsets[j];
  }

  const float share_;
};

}  // namespace shapewright
