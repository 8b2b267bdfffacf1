/** A float as an int32, without its fraction. What int32 has no place for, and NaN, is the least of all, as TensorFlow has it. */
export function toInt32(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(whole) < 2 ** 31 ? whole : -(2 ** 31);
}
