import type { Outcome, Result } from "./outcome.js";
import type { Program } from "./program.js";

/**
 * How what the types say of a program differs from what becomes of it: not at all, or in words.
 *
 * Of programs whose sizes are all known, the types say exactly what becomes of it, and refuse it with the same words. Where they
 * don't see everything, they must accept what runs, with a result that has nothing false in it.
 */
export function disagreement(program: Program, types: Outcome, runtime: Outcome): string | undefined {
  const isRefused = types.messages.length > 0;
  const wasRefused = runtime.messages.length > 0;
  if (isRefused && !wasRefused) return `the types refuse what runs: ${types.messages[0]}`;
  const isSeen = program.seen && (program.odd === "nothing" || program.odd === "number");
  if (wasRefused) {
    if (!isRefused)
      return program.seen && program.odd !== "untold" ? `the types let pass: ${runtime.messages[0]}` : undefined;
    if (JSON.stringify(types.result).includes("never")) return `the result is ${JSON.stringify(types.result)}`;
    return isSeen && program.odd === "nothing" ? otherMessage(types.messages, runtime.messages[0]!) : undefined;
  }
  return differs(types.result!, runtime.result!, isSeen)
    ? `the types say ${JSON.stringify(types.result)}, it is ${JSON.stringify(runtime.result)}`
    : undefined;
}

/** Several mistakes have an error each, of which one is thrown. */
function otherMessage(errors: readonly string[], message: string): string | undefined {
  const notOurs = errors.length > 1 ? errors.find((error) => !isOurs(error) && !isOfTensors(error)) : undefined;
  if (notOurs !== undefined) return `one mistake, several errors: ${errors.join(" | ")}`;
  if (errors.some((error) => error.includes(JSON.stringify(message)) || isOfTensors(error))) return undefined;
  return `it says ${message}; the types say ${errors[0]}`;
}

const isOurs = (error: string) => /"\w+: /.test(error);

/**
 * TypeScript's own words for a tensor of another rank or dtype than a signature spells out, such as `Tensor<[B, T, C]>`: they have both
 * types, which say it all.
 */
const isOfTensors = (error: string) =>
  !isOurs(error) && /ype 'Tensor<.*' is not assignable to (parameter of )?type 'Tensor</.test(error);

function differs(type: Result, value: Result, exactly: boolean): boolean {
  if ("shape" in type && "shape" in value) {
    if (type.dtype !== value.dtype && (exactly || type.dtype !== "?")) return true;
    if (type.shape === "any rank" || value.shape === "any rank") return exactly;
    const sizes = value.shape;
    return (
      type.shape.length !== sizes.length || type.shape.some((dim, i) => dim !== sizes[i] && (exactly || dim !== "?"))
    );
  }
  if (Array.isArray(type) && Array.isArray(value)) {
    return type.length !== value.length || type.some((one, i) => differs(one, value[i]!, exactly));
  }
  if ("fields" in type && "fields" in value) {
    const [names, others] = [Object.keys(type.fields), Object.keys(value.fields)];
    return (
      `${names}` !== `${others}` || names.some((name) => differs(type.fields[name]!, value.fields[name]!, exactly))
    );
  }
  // A list of unknown length, of what each of them is.
  return exactly || !("text" in type);
}
