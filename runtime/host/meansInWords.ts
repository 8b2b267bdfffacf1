/** "loss 0.2931, accuracy 0.9154". */
export function meansInWords(means: Readonly<Record<string, number>>): string {
  return Object.entries(means)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(", ");
}
