import { ShapewrightError } from "../../../src/ir/errors.js";
import type { OptionRule } from "../../../src/ir/options.js";
import { farmHash64 } from "./farmHash64.js";
import { sipHash64 } from "./sipHash64.js";
import type { Token } from "./table.js";

/** A number that a hash is salted with, or two. Bigints have all 64 bits. */
export type Salt = number | bigint | readonly [number | bigint, number | bigint];

const encoder = new TextEncoder();

/** How a text is hashed, or an integer's digits: by FarmHash64, with a salt by SipHash64. */
export function hashBy(salt: Salt | undefined): (token: Token) => bigint {
  if (salt === undefined) return (token) => farmHash64(encoder.encode(String(token)));
  const [first, second = first] = [salt].flat() as (number | bigint)[];
  const key = [BigInt(first!), BigInt(second!)] as const;
  return (token) => sipHash64(encoder.encode(String(token)), key);
}

/** Refuses to save a salt that JSON cannot hold. */
export function checkSavable(kind: string, salt: Salt | undefined): void {
  if (![salt].flat().some((part) => typeof part === "bigint")) return;
  const fault = "its salt is a bigint, which JSON has not; save numbers, or make it again with the salt";
  throw new ShapewrightError("SW_VALUE", `${kind}: ${fault}`, kind);
}

export const aSalt: OptionRule = {
  takes: "an integer from 0 below 2^64, or two of them",
  accepts(value) {
    const parts: readonly unknown[] = Array.isArray(value) && value.length === 2 ? value : [value];
    return parts.every((part) =>
      typeof part === "bigint" ? part >= 0n && part < 2n ** 64n : Number.isSafeInteger(part) && (part as number) >= 0,
    );
  },
};
