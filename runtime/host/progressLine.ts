import { meansInWords } from "./meansInWords.js";

/** An epoch under way. */
export interface UnderWay {
  readonly epoch: number;
  readonly epochs: number;
  readonly steps: number;
  /** The steps of the epoch, where they are known. */
  readonly total: number | undefined;
  readonly reports: Readonly<Record<string, unknown>>;
  readonly stepsPerSecond: number | undefined;
  /** What is done besides training steps. */
  readonly doing: "first step" | "validation" | undefined;
}

/** How long a bar may be: few lengths, so that it seldom changes with the digits beside it. */
const barLengths = [24, 16, 8];

/** A line that fits a terminal: the loss and the metrics first, and as much of the rest as there is room for. */
export function progressLine(shown: UnderWay, columns: number): string {
  const { epoch, epochs, steps, total, stepsPerSecond, doing } = shown;
  const reports = Object.entries(shown.reports).filter(([, value]) => typeof value === "number");
  const [long, short] = [`Epoch ${epoch}/${epochs}`, `${epoch}/${epochs}`];
  if (doing === "first step") return cut(`${long}: first step…`, columns);
  const counted = total === undefined ? `${steps} steps` : `${steps}/${total}`;
  const speed = stepsPerSecond === undefined ? undefined : `${rounded(stepsPerSecond)} steps/s`;
  const left = total !== undefined && stepsPerSecond ? `${duration((total - steps) / stepsPerSecond)} left` : undefined;
  const details = (doing ? [[doing]] : [[counted, speed, left], [counted, left], [counted]]).map((some) =>
    some.filter((one) => one !== undefined).join(", "),
  );
  const all = meansInWords(Object.fromEntries(reports));
  const bare = [
    ...details.map((detail) => `${long}: ${all} ${detail}`),
    `${long}: ${all}`,
    `${short}: ${all}`,
    ...reports.slice(1).map((_, i) => `${short}: ${meansInWords(Object.fromEntries(reports.slice(0, -1 - i)))}`),
  ];
  // What is known after the first steps has its room before, so that the bar stays.
  const speedLater = speed === undefined ? ", 1000 steps/s, 10 s left".length : 0;
  const room = columns - bare[0]!.length - " []".length - speedLater;
  const length = barLengths.find((one) => one <= room);
  if (length && total && !doing) {
    const bar = barOf(Math.min(1, steps / total), length);
    return `${long}: ${all} [${bar}] ${details[0]}`;
  }
  return bare.find((line) => line.length <= columns) ?? cut(short, columns);
}

function barOf(part: number, width: number): string {
  const done = Math.round(part * width);
  return "=".repeat(done) + "-".repeat(width - done);
}

function cut(line: string, columns: number): string {
  return line.length <= columns ? line : line.slice(0, Math.max(0, columns));
}

/** Two digits at least, and not more than it takes. */
function rounded(value: number): string {
  return value >= 10 ? String(Math.round(value)) : value.toPrecision(2);
}

/** "8 s", "3:20 min", "1:02:10 h". */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return `${hours}:${two(minutes)}:${two(rest)} h`;
  return minutes > 0 ? `${minutes}:${two(rest)} min` : `${rest} s`;
}
