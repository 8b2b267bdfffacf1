#pragma once

#include <algorithm>
#include <vector>

#include "scratch.h"
#include "vectors.h"
#include "window.h"

namespace shapewright {

/** A filter as panels of columns: forward its filters, backward its channels. Each has a row for each number of a source's window. */
class FilterPanels {
 public:
  FilterPanels(const Window& w, const float* filter, bool backward, std::vector<bool> used)
      : w_(w), filter_(filter), backward_(backward), columns_(backward ? w.channelsEach() : w.filtersEach()),
        depth_(backward ? w.filtersEach() : w.channelsEach()) {
    for (int64_t tap = 0; tap < w.taps(); tap++) {
      if (used[tap]) taps_.push_back(tap);
    }
  }

  int64_t count() const { return (columns_ + width - 1) / width; }
  int64_t columnsOf(int64_t panel) const { return std::min<int64_t>(width, columns_ - panel * width); }
  int64_t height() const { return int64_t(taps_.size()) * depth_; }
  /** The first row of a tap. */
  int64_t rowOf(int64_t tap) const { return (std::lower_bound(taps_.begin(), taps_.end(), tap) - taps_.begin()) * depth_; }

  /** Writes the panels from one to another of a group one behind another. */
  void write(int64_t group, int64_t begin, int64_t end, float* to) const {
    for (size_t i = 0; i < taps_.size(); i++) {
      const float* from = filter_ + taps_[i] * w_.channelsEach() * w_.filters + group * w_.filtersEach();
      float* rows = to + i * depth_ * width;
      if (backward_) {
        for (int64_t panel = begin; panel < end; panel++) turned(from, panel, rows + (panel - begin) * height() * width);
      } else {
        straight(from, begin, end, rows);
      }
    }
  }

 private:
  void straight(const float* from, int64_t begin, int64_t end, float* to) const {
    for (int64_t row = 0; row < depth_; row++, from += w_.filters, to += width) {
      for (int64_t panel = begin; panel < end; panel++) {
        float* at = to + (panel - begin) * height() * width;
        const float* values = from + panel * width;
        const int64_t count = columnsOf(panel);
        if (count == width) {
          store(at, load(values));
          store(at + lanes, load(values + lanes));
        } else {
          for (int64_t column = 0; column < width; column++) at[column] = column < count ? values[column] : 0;
        }
      }
    }
  }

  void turned(const float* from, int64_t panel, float* to) const {
    const int64_t count = columnsOf(panel), first = panel * width;
    for (int64_t row = 0; row < depth_; row += 16) {
      const int64_t end = std::min(depth_, row + 16);
      for (int64_t column = 0; column < width; column++) {
        const float* line = from + (first + column) * w_.filters;
        for (int64_t k = row; k < end; k++) to[k * width + column] = column < count ? line[k] : 0;
      }
    }
  }

  const Window& w_;
  const float* const filter_;
  const bool backward_;
  const int64_t columns_, depth_;
  std::vector<int64_t> taps_;
};

}  // namespace shapewright
