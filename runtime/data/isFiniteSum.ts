/**
 * Whether the numbers have a sum, which they have if all are finite: in double precision no sum of float32 overflows. Several sums are
 * added up side by side, since one would wait for each of its additions.
 */
export function isFiniteSum(data: ArrayLike<number>): boolean {
  const whole = data.length - (data.length % 8);
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < whole; i += 8) {
    a += data[i]!;
    b += data[i + 1]!;
    c += data[i + 2]!;
    d += data[i + 3]!;
    e += data[i + 4]!;
    f += data[i + 5]!;
    g += data[i + 6]!;
    h += data[i + 7]!;
  }
  for (let i = whole; i < data.length; i++) a += data[i]!;
  return Number.isFinite(a + b + c + d + e + f + g + h);
}
