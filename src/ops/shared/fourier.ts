/** Complex numbers: their real parts, and their imaginary ones. */
export type ComplexData = readonly [re: Float64Array, im: Float64Array];

/**
 * The discrete Fourier transform of the rows of complex numbers that stand one behind another: X_k = Σ_j x_j · e^(∓2πi·jk/n), the
 * inverse divided by n. By the parts of rows that a prime factor of n gives (Cooley and Tukey, 1965), in double precision.
 */
export function fourier([re, im]: ComplexData, n: number, inverse: boolean): ComplexData {
  const sign = inverse ? 1 : -1;
  const scale = inverse ? 1 / n : 1;
  const cosines = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sines = Float64Array.from({ length: n }, (_, i) => sign * Math.sin((2 * Math.PI * i) / n));
  const found: ComplexData = [new Float64Array(re.length), new Float64Array(im.length)];

  /** The transform of every `step`-th number from a start on, of which there are `size`. */
  const transform = (start: number, step: number, size: number): ComplexData => {
    if (size === 1) return [Float64Array.of(re[start]!), Float64Array.of(im[start]!)];
    const factor = smallestFactor(size);
    const length = size / factor;
    const parts = Array.from({ length: factor }, (_, i) => transform(start + i * step, step * factor, length));
    const sums: ComplexData = [new Float64Array(size), new Float64Array(size)];
    for (let k = 0; k < size; k++) {
      parts.forEach(([partRe, partIm], i) => {
        const turn = (i * k * step) % n;
        const [c, s, x, y] = [cosines[turn]!, sines[turn]!, partRe[k % length]!, partIm[k % length]!];
        sums[0][k]! += c * x - s * y;
        sums[1][k]! += c * y + s * x;
      });
    }
    return sums;
  };

  for (let row = 0; row < re.length; row += n) {
    const [rowRe, rowIm] = transform(row, 1, n);
    found[0].set(
      rowRe.map((x) => x * scale),
      row,
    );
    found[1].set(
      rowIm.map((x) => x * scale),
      row,
    );
  }
  return found;
}

function smallestFactor(n: number): number {
  for (let factor = 2; factor * factor <= n; factor++) if (n % factor === 0) return factor;
  return n;
}
