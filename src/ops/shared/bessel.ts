/** The modified Bessel function of order 0: Σ ((x/2)ᵏ / k!)². All terms are positive, so none cancel. */
export function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/** The modified Bessel function of order 1: x/2 · Σ (x/2)²ᵏ / (k! · (k + 1)!). */
export function besselI1(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    term *= (x / 2) ** 2 / k / (k + 1);
    sum += term;
  }
  return (x / 2) * sum;
}

/** Beyond this, both are above what float32 has. */
const largest = 100;

/** One of them for float32, NaN of infinities as NumPy, TensorFlow and PyTorch have it. */
export const bounded = (f: (x: number) => number) => (x: number) =>
  Number.isFinite(x) ? f(Math.max(-largest, Math.min(x, largest))) : Number.NaN;
