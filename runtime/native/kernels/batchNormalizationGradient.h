#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "channels.h"
#include "images.h"
#include "normalization.h"

namespace shapewright {

/**
 * FusedBatchNormGradV3: for i = 1 / √(v + ε), dβ = Σ dy, dγ = i · Σ dy · (x - μ), dx = γ · i · (dy - dβ / n - (x - μ) · i · dγ / n). Where μ and v are not
 * the batch's, the last two terms are left out.
 */
class BatchNormalizationGradient : NormalizationKernel {
 public:
  using NormalizationKernel::NormalizationKernel;

  void run(const Call& call) const {
    const Tensor gradient = call.input(0), images = call.input(1), gamma = call.input(2), mean = call.input(3), variance = call.input(4);
    const Shape shape = shapeOfImages(images);
    if (shapeOf(gradient) != shapeOf(images)) throw Failure{invalidArgument, "the output's gradient has not the output's shape"};
    const int64_t channels = shape[3], places = countOf({shape[0], shape[1], shape[2]});
    for (const Tensor* vector : {&gamma, &mean, &variance}) expectChannels(*vector, channels);
    const Tensor result = call.output(0, shapeOf(images)), dGamma = call.output(1, {channels}), dBeta = call.output(2, {channels});
    for (int unused : {3, 4}) call.output(unused, {0});

    const Images given(images, shape, isChannelsFirst_), slopes(gradient, shape, isChannelsFirst_), dx(result, shape, isChannelsFirst_);
    const float *const x = given.read(), *const dy = slopes.read(), *const mu = floats(mean);
    const Channels c(places, channels);
    const auto [sums, products] = sumsOf(x, dy, mu, c);
    std::vector<float> scale(channels), slope(channels), offset(channels);
    for (int64_t j = 0; j < channels; j++) {
      const double inverse = 1 / std::sqrt(double(floats(variance)[j]) + epsilon_);
      floats(dGamma)[j] = products[j] * inverse;
      floats(dBeta)[j] = sums[j];
      scale[j] = floats(gamma)[j] * inverse;
      slope[j] = isTraining_ && places > 0 ? -scale[j] * products[j] * inverse * inverse / places : 0;
      offset[j] = isTraining_ && places > 0 ? -scale[j] * sums[j] / places : 0;
    }
    if (places == 0 || channels == 0) return;
    spreadBack(x, dy, mu, c, scale, slope, offset, dx.data());
    dx.written();
  }

 private:
  struct Sums {
    std::vector<double> ofSlopes, ofProducts;
  };

  /** Σ dy and Σ dy · (x - μ) of each channel: of blocks by themselves, then in their order. */
  static Sums sumsOf(const float* x, const float* dy, const float* mean, const Channels& c) {
    const Scratch means(std::max<int64_t>(1, c.wide)), sums(std::max<int64_t>(1, c.blocks * c.wide)), products(std::max<int64_t>(1, c.blocks * c.wide));
    c.spread(mean, means.data());
    c.each([&](int64_t block, int64_t first, int64_t count) {
      float *const sum = sums.data() + block * c.wide, *const product = products.data() + block * c.wide;
      std::fill_n(sum, c.wide, 0.0f);
      std::fill_n(product, c.wide, 0.0f);
      const auto slope = [&](int64_t row, int64_t j) { return load(dy + row * c.wide + j); };
      c.eachFew(first, count, [&](int64_t row, int64_t few) {
        addColumns(row, few, c.wide, sum, slope);
        addColumns(row, few, c.wide, product,
                   [&](int64_t row, int64_t j) { return slope(row, j) * (load(x + row * c.wide + j) - load(means.data() + j)); });
      });
    });
    Sums all{std::vector<double>(c.channels), std::vector<double>(c.channels)};
    for (int64_t at = 0; at < c.blocks * c.wide; at += c.channels) {
      for (int64_t j = 0; j < c.channels; j++) {
        all.ofSlopes[j] += sums.data()[at + j];
        all.ofProducts[j] += products.data()[at + j];
      }
    }
    for (int64_t at = c.rows * c.wide, i = 0; i < c.behind; i++, at += c.channels) {
      for (int64_t j = 0; j < c.channels; j++) {
        all.ofSlopes[j] += dy[at + j];
        all.ofProducts[j] += dy[at + j] * (x[at + j] - mean[j]);
      }
    }
    return all;
  }

  /** dx = dy · scale + (x - mean) · slope + offset. */
  static void spreadBack(const float* x, const float* dy, const float* mean, const Channels& c, const std::vector<float>& scale,
                         const std::vector<float>& slope, const std::vector<float>& offset, float* dx) {
    const Scratch spread(4 * c.wide);
    float *const means = spread.data(), *const scales = means + c.wide, *const slopes = scales + c.wide, *const offsets = slopes + c.wide;
    c.spread(mean, means);
    c.spread(scale.data(), scales);
    c.spread(slope.data(), slopes);
    c.spread(offset.data(), offsets);
    c.eachBackward([&](int64_t first, int64_t count) {
      for (int64_t at = first * c.wide; at < (first + count) * c.wide; at += c.wide) {
        for (int64_t j = 0; j < c.wide; j += lanes) {
          const Vector more = (load(x + at + j) - load(means + j)) * load(slopes + j) + load(offsets + j);
          store(dx + at + j, load(dy + at + j) * load(scales + j) + more);
        }
      }
    });
    for (int64_t i = c.rows * c.wide, j = 0; j < c.behind * c.channels; i++, j++) {
      dx[i] = dy[i] * scales[j] + (x[i] - means[j]) * slopes[j] + offsets[j];
    }
  }
};

}  // namespace shapewright
