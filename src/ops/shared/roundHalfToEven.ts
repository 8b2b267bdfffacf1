/** The nearest integer; of two that are equally near the even one. What is negative and nearest to 0 is -0, as TensorFlow has it. */
export function roundHalfToEven(x: number): number {
  const size = Math.abs(x);
  const below = Math.floor(size);
  const above = size - below;
  const isNear = above === 0.5 ? below % 2 === 0 : above < 0.5;
  const nearest = isNear ? below : below + 1;
  return x < 0 || Object.is(x, -0) ? -nearest : nearest;
}
