/** A number in four digits, as short as that can be. */
export function digits(value: unknown): string {
  if (typeof value !== "number") return "–";
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace("e+", "e");
  return size >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(4)));
}

/** The numbers along an axis: those of decimals are all written so, 0.0005 beside 0.001. Nothing, where a logarithmic one leaves one out. */
export function ticks(values: readonly (number | null)[]): string[] {
  const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
  const areDecimals = largest >= 1e-3 && largest < 1;
  return values.map((value) => {
    if (value === null) return "";
    return areDecimals && Math.abs(value) >= 1e-6 ? String(Number(value.toPrecision(4))) : digits(value);
  });
}

/** "8 s", "3:20 min", "1:02:10 h". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return `${hours}:${two(minutes)}:${two(rest)} h`;
  return minutes > 0 ? `${minutes}:${two(rest)} min` : `${rest} s`;
}
