import { inWords } from "./inWords.js";
import { isTensor } from "./node.js";

/** What was given, as a message names it, where it may be a tensor. */
export function givenInWords(value: unknown): string {
  return isTensor(value) ? "a tensor" : inWords(value);
}
