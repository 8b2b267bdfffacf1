/** A number of floating-point operations as people write it: `3.20 MFLOP`. */
export function showFlops(flops: number): string {
  return scaled(flops, 1000, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"]);
}

/** A number of parameters, with its digits in threes: `401,408`. */
export function showCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** A number of bytes in powers of 1024: `1.50 MiB`. */
export function showBytes(bytes: number): string {
  return scaled(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);
}

function scaled(value: number, base: number, units: readonly string[]): string {
  let step = 0;
  let rest = value;
  while (rest >= base && step < units.length - 1) {
    rest /= base;
    step++;
  }
  // Three digits say enough; below the first step a number is whole.
  const digits = step === 0 ? String(Math.round(rest)) : rest.toFixed(rest < 9.995 ? 2 : rest < 99.95 ? 1 : 0);
  return `${digits} ${units[step]}`;
}
