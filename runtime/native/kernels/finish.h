#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>

#include "functions.h"
#include "kernel.h"

namespace shapewright {

/** What is done to sums where they are written: a bias for each column is added, where there is one, and an activation computed. */
class Finish {
 public:
  explicit Finish(const Attributes& attributes) : alpha_(attributes.number("alpha")) {
    const std::string name = attributes.text("activation");
    const auto found = std::find(std::begin(names), std::end(names), name);
    if (found == std::end(names)) throw Failure{invalidArgument, "there is no activation " + name};
    activation_ = Activation(found - std::begin(names));
  }

  /** Finishes numbers side by side, of which the first belongs to the bias that is pointed at. */
  void run(float* numbers, const float* bias, int64_t count) const {
    const Vector none{};
    switch (activation_) {
      case linear: return each(numbers, bias, count, [](Vector x) { return x; });
      case relu: return each(numbers, bias, count, [=](Vector x) { return choose(x < none, none, x); });
      case relu6: return each(numbers, bias, count, [=](Vector x) { return choose(x < none, none, choose(x > all(6), all(6), x)); });
      case leakyRelu: return each(numbers, bias, count, [=](Vector x) { return choose(x < none, x * all(alpha_), x); });
      case elu: return each(numbers, bias, count, [](Vector x) {
        for (int i = 0; i < lanes; i++) x[i] = x[i] < 0 ? std::expm1(x[i]) : x[i];
        return x;
      });
    }
  }

 private:
  enum Activation { linear, relu, relu6, elu, leakyRelu };
  static constexpr const char* names[] = {"linear", "relu", "relu6", "elu", "leakyRelu"};

  template <typename Change>
  static void each(float* numbers, const float* bias, int64_t count, const Change& change) {
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes) store(numbers + i, change(bias ? load(numbers + i) + load(bias + i) : load(numbers + i)));
    if (i == count) return;
    const size_t bytes = (count - i) * sizeof(float);
    Vector x{}, added{};
    std::memcpy(&x, numbers + i, bytes);
    if (bias) std::memcpy(&added, bias + i, bytes);
    x = change(bias ? x + added : x);
    std::memcpy(numbers + i, &x, bytes);
  }

  const float alpha_;
  Activation activation_;
};

}  // namespace shapewright
