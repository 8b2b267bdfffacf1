#pragma once

#include "vectors.h"

namespace shapewright {

typedef int32_t Integers __attribute__((vector_size(4 * lanes)));

inline Vector choose(Integers where, Vector a, Vector b) {
  return reinterpret_cast<Vector>((where & reinterpret_cast<Integers>(a)) | (~where & reinterpret_cast<Integers>(b)));
}

/** 2ⁿ · eʳ for x = n · ln 2 + r, |r| ≤ ln 2 / 2, of which eʳ is a polynomial with an error of 3e-9. */
inline Vector exponential(Vector x) {
  const Vector most = all(88.72283f), least = all(-87.33654f);
  const Integers isTooMuch = x > most, isTooLittle = x < least;
  x = choose(isTooMuch, most, choose(isTooLittle, least, x));
  // Adding and taking away 1.5 · 2²³ rounds to whole numbers.
  const Vector magic = all(12582912.0f);
  const Vector n = x * all(1.44269504f) + magic - magic;
  const Vector r = x - n * all(0.693359375f) - n * all(-2.12194440e-4f);
  Vector tail = all(1.9857753e-4f);
  tail = tail * r + all(1.3933598e-3f);
  tail = tail * r + all(8.3333608e-3f);
  tail = tail * r + all(4.1666465e-2f);
  tail = tail * r + all(1.6666667e-1f);
  tail = tail * r + all(0.5f);
  const Vector power = tail * r * r + r + all(1.0f);
  // In two steps, for 2ⁿ may be more than there is where the product is not.
  const Integers whole = __builtin_convertvector(n, Integers), half = whole >> 1;
  const auto scale = [](Integers by) { return reinterpret_cast<Vector>((by + 127) << 23); };
  const Vector result = power * scale(half) * scale(whole - half);
  return choose(isTooMuch, all(__builtin_inff()), choose(isTooLittle, Vector{}, result));
}

inline Vector sigmoid(Vector x) { return all(1.0f) / (all(1.0f) + exponential(-x)); }

/** Near 0 an odd polynomial with an error of 4e-9, for the other form loses digits there: 1 - 2 / (e²ˣ + 1). */
inline Vector hyperbolicTangent(Vector x) {
  const Vector square = x * x;
  Vector near = all(-5.6599457e-3f);
  near = near * square + all(2.0590946e-2f);
  near = near * square + all(-5.3721053e-2f);
  near = near * square + all(1.3331127e-1f);
  near = near * square + all(-3.3333261e-1f);
  near = near * square * x + x;
  const Vector far = all(1.0f) - all(2.0f) / (exponential(x + x) + all(1.0f));
  return choose(square < all(0.390625f), near, far);
}

}  // namespace shapewright
