/**
 * The error function, by its series below 3, and by the continued fraction of its complement from there on (Abramowitz and Stegun,
 * "Handbook of Mathematical Functions", 7.1.6 and 7.1.14).
 */
export function errorFunction(x: number): number {
  const size = Math.abs(x);
  if (size < 3) return series(x);
  return Math.sign(x) * (1 - complementFrom3(size));
}

/** 1 - errorFunction(x), without the loss of digits where the latter is nearly 1. */
export function complementaryErrorFunction(x: number): number {
  return x < 3 ? 1 - errorFunction(x) : complementFrom3(x);
}

/** The x of which `errorFunction(x)` is y: a first guess (Winitzki, 2008), and Halley's method from there on. */
export function inverseErrorFunction(y: number): number {
  if (y === 0 || !(Math.abs(y) < 1)) return y === 0 ? y : Math.abs(y) === 1 ? y * Number.POSITIVE_INFINITY : Number.NaN;
  const rest = Math.log1p(-y * y);
  const half = 2 / (Math.PI * 0.147) + rest / 2;
  let x = Math.sign(y) * Math.sqrt(Math.sqrt(half * half - rest / 0.147) - half);
  for (let round = 0; round < 4; round++) {
    const step = ((errorFunction(x) - y) * Math.sqrt(Math.PI) * Math.exp(x * x)) / 2;
    x -= step / (1 + x * step);
  }
  return x;
}

/** 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (1 · 3 · … · (2n+1)): no term has another sign than the first. */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** e^(-x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))). */
function complementFrom3(x: number): number {
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
