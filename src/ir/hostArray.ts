import { checkFilled, isArrayRecord, type NdArray, sizesOf } from "./array.js";
import { allocate, type DataOf, type DType, dtypes } from "./dtype.js";
import { elementAt, type Refuse, typedElements } from "./elements.js";
import { isTaken } from "./handed-over.js";
import { inWords } from "./inWords.js";
import { fromNested } from "./nested.js";
import { hasBytes, isTypedArray, kindOfArray } from "./typed-arrays.js";

/**
 * What was given as data, as an array in memory of its own, with every number looked at: nobody who changes what he gave
 * changes the array. `undefined` for what is no data at all.
 *
 * @param dtype what numbers in nested arrays are taken as, and bytes where it is uint8
 * @param isData whether it is what a program is fed, which may be lent
 */
export function hostArray(given: unknown, dtype: DType, refuse: Refuse, isData = false): NdArray | undefined {
  if (isTypedArray(given)) {
    return typedElements(given, [given.length], refuse, dtype === "uint8" && hasBytes(given) ? dtype : undefined);
  }
  if (typeof given === "number" || typeof given === "boolean" || Array.isArray(given)) {
    return fromNested(given, dtype, refuse);
  }
  return isArrayRecord(given) ? ownArray(given, refuse, isData) : undefined;
}

/** What `array()` gives, or what looks like it: its parts may be anything. */
type ArrayRecord = { readonly [Part in keyof NdArray]: unknown };

function ownArray(given: ArrayRecord, refuse: Refuse, isData: boolean): NdArray {
  // Each part is read once: it may come from a getter.
  const { dtype, data } = given;
  const shape = sizesOf(given.shape, refuse);
  const known = dtypes.find((name) => name === dtype);
  if (known === undefined) throw refuse(`takes ${dtypes.join(", ")}, got data of dtype ${inWords(dtype)}`);
  const own = allocate(known, 0);
  if (!isTypedArray(data) || kindOfArray(data) !== kindOfArray(own)) {
    const wanted = kindOfArray(own);
    const asked = wanted === "Uint8Array" ? `, "${known}"` : "";
    throw refuse(
      `takes data of ${known} as a ${wanted}, got ${inWords(data)}; write array(new ${wanted}(values), shape${asked})`,
    );
  }
  checkFilled(data.length, shape, refuse);
  const mine = isTaken(given, isData) ? (data as typeof own) : copied(known, data as typeof own);
  const odd = known === "bool" ? mine.findIndex((value) => value > 1) : -1;
  if (odd >= 0) throw refuse(`takes bool, but ${elementAt(shape, odd)} is ${mine[odd]}`);
  return { shape, dtype: known, data: mine };
}

function copied<D extends DType>(dtype: D, data: DataOf<D>): DataOf<D> {
  const copy = allocate(dtype, data.length);
  copy.set(data);
  return copy;
}
