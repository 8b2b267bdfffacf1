#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "threads.h"
#include "vectors.h"
#include "window.h"

namespace shapewright {

/** A tap of a filter: how far its source is from that of the first one, and where its numbers stand. */
struct ChannelsTap {
  int64_t source, filter;
};

/** result[r] = Σ over taps of source[r] · filter, for V vectors of channels. */
template <int R, int V>
inline void multiplyChannels(const float* const* source, const std::vector<ChannelsTap>& taps, const float* filter, float* const* result, int64_t channel) {
  Vector sum[R][V] = {};
  for (const ChannelsTap& tap : taps) {
    Vector by[V];
    for (int v = 0; v < V; v++) by[v] = load(filter + tap.filter + channel + v * lanes);
    for (int r = 0; r < R; r++) {
      const float* from = source[r] + tap.source + channel;
      for (int v = 0; v < V; v++) sum[r][v] += load(from + v * lanes) * by[v];
    }
  }
  for (int r = 0; r < R; r++) {
    for (int v = 0; v < V; v++) store(result[r] + channel + v * lanes, sum[r][v]);
  }
}

/** The same for all channels, which are whole vectors. */
template <int R>
void multiplyAllChannels(const float* const* source, const std::vector<ChannelsTap>& taps, const float* filter, float* const* result, int64_t channels) {
  constexpr int V = R < 3 ? 4 : 2;
  int64_t channel = 0;
  for (; channel + V * lanes <= channels; channel += V * lanes) multiplyChannels<R, V>(source, taps, filter, result, channel);
  for (; channel + lanes <= channels; channel += lanes) multiplyChannels<R, 1>(source, taps, filter, result, channel);
}

/**
 * A convolution of each channel by itself, with a filter for each, or, backward, the gradient of its input, of which `source` is that of its
 * output. Channels are whole vectors. Sums are made in the filter's order, whatever the threads and the batch.
 */
inline void channelByChannel(const Window& w, bool backward, const float* source, const float* filter, float* result) {
  const std::vector<Alike> down = alikePlaces(w.height, backward), across = alikePlaces(w.width, backward);
  const int64_t channels = w.channels;
  const int64_t sourceHeight = backward ? w.height.output : w.height.input, sourceWidth = backward ? w.width.output : w.width.input;
  const int64_t resultHeight = backward ? w.height.input : w.height.output, resultWidth = backward ? w.width.input : w.width.output;

  /** A line of the result: what it is made of, by places across, and its first source. */
  struct Line {
    const std::vector<std::vector<ChannelsTap>>* taps;
    int64_t source;
  };
  std::vector<std::vector<std::vector<ChannelsTap>>> taps(down.size());
  std::vector<Line> lines(resultHeight);
  for (size_t h = 0; h < down.size(); h++) {
    for (const Alike& v : across) {
      std::vector<ChannelsTap> both;
      for (const auto& [i, y] : down[h].taps) {
        for (const auto& [j, x] : v.taps) both.push_back({(y * sourceWidth + x) * channels, (i * w.width.taps + j) * channels});
      }
      taps[h].push_back(std::move(both));
    }
    for (const auto& [place, first] : down[h].places) lines[place] = {&taps[h], first};
  }

  static constexpr decltype(&multiplyAllChannels<1>) multiply[] = {multiplyAllChannels<1>, multiplyAllChannels<2>, multiplyAllChannels<3>,
                                                                   multiplyAllChannels<4>};
  constexpr int64_t together = 4;
  // So many lines at once that what they read stays in the cache.
  const int64_t total = w.batch * resultHeight, linesEach = std::clamp<int64_t>((1 << 14) / std::max<int64_t>(1, resultWidth * channels), 1, std::max<int64_t>(1, total));
  Threads::shared().each((total + linesEach - 1) / linesEach, [&](int64_t task) {
    for (int64_t line = task * linesEach; line < std::min(total, (task + 1) * linesEach); line++) {
      const Line& of = lines[line % resultHeight];
      const float* from = source + (line / resultHeight * sourceHeight + of.source) * sourceWidth * channels;
      float* to = result + line * resultWidth * channels;
      for (size_t v = 0; v < across.size(); v++) {
        const auto& places = across[v].places;
        for (size_t first = 0; first < places.size(); first += together) {
          const int count = std::min<int64_t>(together, places.size() - first);
          const float* sources[together];
          float* results[together];
          for (int r = 0; r < count; r++) {
            sources[r] = from + places[first + r].second * channels;
            results[r] = to + places[first + r].first * channels;
          }
          multiply[count - 1](sources, (*of.taps)[v], filter, results, channels);
        }
      }
    }
  });
}

}  // namespace shapewright
