/** "loss 0.2931, accuracy 0.9154". Arrays are left out: they do not fit into a line. */
export function meansInWords(reports: Readonly<Record<string, unknown>>): string {
  return Object.entries(reports)
    .flatMap(([name, value]) => (typeof value === "number" ? [`${name} ${value.toFixed(4)}`] : []))
    .join(", ");
}
