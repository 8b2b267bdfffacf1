import type { NdArray } from "../../../src/ir/array.js";
import type { DType } from "../../../src/ir/dtype.js";
import { refusedFile } from "../../host/filesFor.js";
import { npyArray } from "./npy.js";
import { bytesOf } from "./reading.js";
import { unpacked } from "./unpacked.js";
import { unzipped } from "./unzipped.js";

/**
 * Reads an array that NumPy has written: `numpy.save`. Floats of any width become float32, integers int32.
 *
 * @throws SW_FILE when it cannot be read, is no such file, ends early, or has numbers of another kind
 * @example
 * const images = await readNpy("data/images.npy");
 * console.log(images.shape);
 */
export async function readNpy(path: string): Promise<NdArray<number[], DType>> {
  const op = "readNpy";
  const array = npyArray(await bytesOf(op, path));
  if (typeof array === "string") throw refusedFile(op, `${path} cannot be read: ${array}`);
  return array;
}

/**
 * Reads arrays by their names that NumPy has written: `numpy.savez`, `numpy.savez_compressed`. Takes the package fflate.
 *
 * @throws SW_FILE when it cannot be read or is no such file, naming the array that is broken, as by its CRC-32; or where the package is missing
 * @example
 * const { images, labels } = await readNpz("data/digits.npz");
 * console.log(images?.shape, labels?.shape);
 */
export async function readNpz(path: string): Promise<Readonly<Record<string, NdArray<number[], DType>>>> {
  const op = "readNpz";
  const refuse = (fault: string) => refusedFile(op, `${path} cannot be read: ${fault}`);
  const bytes = await bytesOf(op, path);
  const entries = await unpacked(
    op,
    (fflate) => unzipped(bytes, fflate),
    (reason) => refuse(`it is no npz file: ${reason}`),
  );
  const arrays = [...entries].map(([file, own]) => {
    const name = file.replace(/\.npy$/, "");
    const array = typeof own === "string" ? own : npyArray(own);
    if (typeof array === "string") throw refuse(`"${name}": ${array}`);
    return [name, array] as const;
  });
  return Object.fromEntries(arrays);
}
