/** Numbers from -1 to 1 that a name alone decides, as test/fixtures/models/drawn.py makes them; brought to a scale and around a centre. */
export function drawn(name: string, size: number, scale = 1, centre = 0): Float32Array {
  let seed = 2166136261;
  for (let i = 0; i < name.length; i++) seed = Math.imul(seed ^ name.charCodeAt(i), 16777619);
  const numbers = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    let n = (Math.imul(i, 0x9e3779b1) + seed) | 0;
    n = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
    n = Math.imul(n ^ (n >>> 13), 0xc2b2ae35);
    numbers[i] = centre + (((n ^ (n >>> 16)) >>> 0) / 2 ** 31 - 1) * scale;
  }
  return numbers;
}

/** A weight by its name, in sizes that neither grow nor fade from layer to layer. */
export function drawnWeight(name: string, shape: readonly number[]): Float32Array {
  const size = product(shape);
  if (name.endsWith("kernel")) return drawn(name, size, Math.sqrt(4 / product(shape.slice(0, -1))));
  if (name.endsWith("gamma") || name.endsWith("scale")) return drawn(name, size, 1 / 10, 1);
  if (name.endsWith("movingVariance")) return drawn(name, size, 1 / 2, 1);
  return drawn(name, size, 1 / 10);
}

/** Natural numbers below a bound. */
export function drawnWhole(name: string, below: number, size: number): Int32Array {
  return Int32Array.from(drawn(name, size), (n) => Math.min(below - 1, Math.floor(((n + 1) / 2) * below)));
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}
