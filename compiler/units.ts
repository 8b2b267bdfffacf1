/** A number in three digits with a decimal prefix: 205,312,000 is `205 M`. */
export function inPrefixes(value: number, unit = ""): string {
  const prefixes = ["", "k", "M", "G", "T", "P"];
  let power = 0;
  // Rounded first: 999,999 is 1.00 M and not 1000 k.
  while (power < prefixes.length - 1 && Number((value / 1000 ** power).toPrecision(3)) >= 1000) power++;
  const scaled = value / 1000 ** power;
  const digits = power === 0 ? String(Math.round(scaled)) : scaled.toPrecision(3);
  return `${digits} ${prefixes[power]}${unit}`.trimEnd();
}

/** A number of bytes: `12.3 MB`, which is 12,300,000. */
export function inBytes(value: number): string {
  return inPrefixes(value, "B");
}

/** A number with its thousands marked: `407,050`. */
export function inThousands(value: number): string {
  return value.toLocaleString("en-US");
}

/** How much a number has changed, in per cent: `-33 %`; `±0 %` where it has not, and nothing where it was 0. */
export function change(before: number, after: number): string {
  if (before === after) return "±0 %";
  if (before === 0) return "";
  const percent = (100 * (after - before)) / before;
  return `${percent > 0 ? "+" : ""}${Math.abs(percent) < 1 ? percent.toPrecision(1) : percent.toFixed(0)} %`;
}
