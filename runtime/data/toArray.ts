import type { NdArray } from "../../src/ir/array.js";
import { type DType, dtypes, heldByTfjs } from "../../src/ir/dtype.js";
import { elementAt, placeOf, typedElements } from "../../src/ir/elements.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { hostArray } from "../../src/ir/hostArray.js";
import { awaitIt, keysInWords } from "../../src/ir/inWords.js";
import type { Signature } from "../../src/ir/op.js";
import { kindOfArray } from "../../src/ir/typed-arrays.js";
import { fill } from "../../src/types/message.js";
import { show } from "../../src/types/show.js";
import { bytesAsIntegers, noData, type TfjsTensor, wrongDataDType, wrongDataShape } from "./data.js";
import { isFiniteSum } from "./isFiniteSum.js";

/**
 * Brings data to an array, and refuses what does not fit `wanted`. Runtime twin of `CheckData`. The array is a copy: data on
 * the host is copied before this returns, and may be changed from then on; a tfjs tensor alone is waited for.
 */
export function toArray(name: string, data: unknown, wanted: Signature): NdArray | Promise<NdArray> {
  const refuse = (fault: string) => refused(`${name}: ${fault}`);
  const fitting = (given: NdArray | undefined) => checkFits(name, data, given, wanted, refuse);
  if (isTfjsTensor(data)) return readTensor(data, wanted.dtype, refuse).then(fitting);
  return fitting(hostArray(data, wanted.dtype, refuse, true));
}

function checkFits(
  name: string,
  data: unknown,
  given: NdArray | undefined,
  wanted: Signature,
  refuse: (fault: string) => Error,
): NdArray {
  if (!given) throw refused(`${fill(noData, { input: name })}, got ${keysInWords(data)}${awaitIt(data)}`);
  if (given.data.length === 0) throw refuse(`${show(given.shape)} has no elements`);
  if (wanted.dtype === "uint8" && given.dtype === "int32") throw refused(fill(bytesAsIntegers, { input: name }));
  if (given.dtype !== wanted.dtype)
    throw refused(fill(wrongDataDType, { input: name, first: wanted.dtype, second: named(data, given.dtype) }));
  const fits = (size: number, axis: number) => typeof wanted.shape[axis] === "string" || wanted.shape[axis] === size;
  if (given.shape.length !== wanted.shape.length || !(given.shape as number[]).every(fits)) {
    throw refused(fill(wrongDataShape, { input: name, wanted: show(wanted.shape), shape: show(given.shape) }));
  }
  return given;
}

/** Runtime twin of `DataNamed`. */
function named(data: unknown, dtype: DType): string {
  const kind = kindOfArray(data);
  return kind === undefined || kind === "Float32Array" || kind === "Int32Array" ? dtype : `${dtype} (${kind})`;
}

/** An error about data. */
export function refused(message: string): ShapewrightError {
  return new ShapewrightError("SW_DATA", message);
}

function isTfjsTensor(data: unknown): data is TfjsTensor {
  return typeof data === "object" && data !== null && "dataId" in data && "shape" in data;
}

/** The dtypes of tfjs that are ours. */
const held = [...new Set(dtypes.map(heldByTfjs))];

async function readTensor(tensor: TfjsTensor, wanted: DType, refuse: (fault: string) => Error): Promise<NdArray> {
  if (tensor.isDisposed) throw refuse("the tensor has been disposed");
  const { shape, dtype } = tensor;
  if (!held.some((name) => name === dtype)) throw refuse(`takes a tensor of ${held.join(", ")}, got ${dtype}`);
  const data = await tensor.data();
  // Bytes are in tensors of int32, which are all that tfjs has.
  if (wanted === "uint8" && dtype === "int32") return typedElements(data, shape, refuse, wanted);
  // A backend may give out the memory that it computes in.
  return hostArray({ shape, dtype, data }, "float32", refuse, true)!;
}

/** Refuses numbers that are not finite: one of them makes every weight NaN. */
export function checkFinite(name: string, { data, shape, dtype }: NdArray): void {
  if (dtype !== "float32") return;
  const odd = firstNonFinite(data as Float32Array);
  if (odd !== undefined) throw refused(`${name}: ${elementAt(shape, odd)} is ${data[odd]}`);
}

/** All data goes through here: what is not finite is looked for where there is some. */
function firstNonFinite(data: Float32Array): number | undefined {
  return isFiniteSum(data) ? undefined : data.findIndex((value) => !Number.isFinite(value));
}

/** Refuses class numbers that are none; one more may be, of places that do not count. */
export function checkClasses(name: string, { data, shape }: NdArray, classes: number, ignored?: number): void {
  for (let i = 0; i < data.length; i++) {
    const label = data[i] as number;
    if ((label >= 0 && label < classes) || label === ignored) continue;
    const but = ignored === undefined ? "" : `, and ${ignored}, which is ignored`;
    throw refused(
      `${name}: the label at ${placeOf(shape, i)} is ${label}, but there are classes 0 to ${classes - 1}${but}`,
    );
  }
}
