#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace shapewright {

/** How a window moves along one axis. */
struct Axis {
  int64_t input, output, taps, stride, dilation, before;
};

/** A convolution over images whose channels stand last. The filter is [height.taps, width.taps, channels / groups, filters]. */
struct Window {
  int64_t batch, channels, filters, groups;
  Axis height, width;
  int64_t inputs() const { return batch * height.input * width.input; }
  int64_t outputs() const { return batch * height.output * width.output; }
  int64_t channelsEach() const { return channels / groups; }
  int64_t filtersEach() const { return filters / groups; }
  int64_t taps() const { return height.taps * width.taps; }
};

/** Places of an axis that are made from the same taps, whose sources lie equally far apart. */
struct Alike {
  /** A tap, and how far its source is from that of the first one. */
  std::vector<std::pair<int64_t, int64_t>> taps;
  /** A place, and the source of its first tap. */
  std::vector<std::pair<int64_t, int64_t>> places;
};

/**
 * The places of an axis by what they are made from; padding is not among that, so that no product has it. Forward, places are the
 * output's, and sources the input's; backward the other way around.
 */
inline std::vector<Alike> alikePlaces(const Axis& axis, bool backward) {
  std::map<std::vector<std::pair<int64_t, int64_t>>, size_t> known;
  std::vector<Alike> found;
  const int64_t places = backward ? axis.input : axis.output;
  for (int64_t place = 0; place < places; place++) {
    std::vector<std::pair<int64_t, int64_t>> taps;
    int64_t first = 0;
    for (int64_t tap = 0; tap < axis.taps; tap++) {
      int64_t source;
      if (backward) {
        const int64_t scaled = place + axis.before - tap * axis.dilation;
        if (scaled < 0 || scaled % axis.stride != 0 || (source = scaled / axis.stride) >= axis.output) continue;
      } else {
        source = place * axis.stride - axis.before + tap * axis.dilation;
        if (source < 0 || source >= axis.input) continue;
      }
      if (taps.empty()) first = source;
      taps.emplace_back(tap, source - first);
    }
    const auto [entry, isNew] = known.emplace(taps, found.size());
    if (isNew) found.push_back({taps, {}});
    found[entry->second].places.emplace_back(place, first);
  }
  return found;
}

}  // namespace shapewright
