import { ShapewrightError } from "../src/ir/errors.js";
import type { Call } from "../src/ir/place.js";
import type { SizeCheck, SizeChecks } from "../src/ir/size-checks.js";
import { checkCropped } from "../src/layers/edges.js";
import { checkPlaces } from "../src/ops/diff.js";
import { readSlices } from "../src/ops/shared/at-shape.js";
import { checkMirrored } from "../src/ops/shared/mirrored.js";
import { checkSamples } from "../src/ops/shared/stft-shape.js";
import type { Dim } from "../src/types/dim.js";

type Size = (dim: Dim) => number;

/** The rules of functions, which say what they say of numbers that are written: "op: …". */
const rules: {
  readonly [K in keyof SizeChecks]: (shape: readonly number[], given: SizeChecks[K], size: Size) => string | undefined;
} = {
  stft: (shape, { fftLength, center }) => checkSamples("stft", shape, fftLength, center),
  mirror(shape, { paddings, mode }, size) {
    const sized = paddings.map(([before, after]) => [size(before), size(after)] as const);
    return checkMirrored(shape, sized, mode);
  },
  at(shape, { slices }) {
    const read = readSlices(shape, slices);
    return typeof read === "string" ? read : undefined;
  },
  diff: (shape, { axis }) => checkPlaces(shape, axis),
  cropping: (shape, { edges }) => checkCropped("cropping", shape, edges),
};

/** Of these, some sizes would give no result, or an empty one, without an op's rule that refuses them. */
const unseen: ReadonlySet<keyof SizeChecks> = new Set(["stft", "mirror"]);

/** Whether a call asks what only named sizes will tell. */
export function asksOfNames({ checks }: Call): boolean {
  return checks.some(({ shape, given }) => {
    const sizes = "paddings" in given ? [...shape, ...given.paddings.flat()] : shape;
    return sizes.some((dim) => typeof dim === "string");
  });
}

/**
 * Asks a call's rules of sizes that are known now.
 *
 * @param all also those that the rules of ops ask: where one has refused, the call's words say what of
 * @throws SW_SHAPE with the message of the first that refuses
 */
export function askAgain({ name, checks }: Call, size: Size, { all }: { readonly all: boolean }): void {
  for (const check of checks) {
    if (!all && !unseen.has(check.rule)) continue;
    const message = askedOf(check, size);
    if (message === undefined) continue;
    throw new ShapewrightError("SW_SHAPE", `${name}${message.slice(message.indexOf(": "))}`, name);
  }
}

function askedOf<K extends keyof SizeChecks>({ rule, shape, given }: SizeCheck & { rule: K }, size: Size) {
  return rules[rule](shape.map(size), given as SizeChecks[K], size);
}
