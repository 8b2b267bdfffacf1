import { meansInWords } from "./meansInWords.js";

/** A line about an epoch that has ended. */
export function epochLine(ended: {
  readonly epoch: number;
  readonly epochs: number;
  readonly steps: number;
  readonly reports: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}): string {
  const { epoch, epochs, steps, reports, seconds } = ended;
  return `Epoch ${epoch}/${epochs}: ${meansInWords(reports)} (${steps} ${steps === 1 ? "step" : "steps"}, ${seconds.toFixed(1)} s)\n`;
}
