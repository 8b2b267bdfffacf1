import { nearest } from "../../../src/ir/nearest.js";
import { counterpartOf } from "../elsewhere.js";
import { modules } from "../modules.js";
import { short, spelt } from "./short-names.js";

/** What a name that is not there stands for. */
export interface Meant {
  /** What is said of it, as a sentence's end. */
  readonly is: string;
  /** What stands in its place, and where that is imported from; none where words say what to do. */
  readonly name?: string;
  readonly module: string;
  /** What stands in place of a call without arguments. */
  readonly call?: string;
  readonly words: string;
  readonly isGuess?: boolean;
}

const language = "shapewright";

/** What other frameworks keep their functions in. */
const namespaces =
  /^(activations|callbacks|constraints|initializers|keras|layers|losses|metrics|nn|F|functional|optim|regularizers|tf|torch|train)$/;

/** What a name means that is imported, or used, and is not there. */
export function meantBy(name: string, own: readonly string[]): Meant | undefined {
  const at = (found: string) =>
    Object.entries(modules).find(([, names]) => names.includes(found))?.[0] ??
    (own.includes(found) ? language : undefined);
  const module = at(name);
  if (module) return { is: `; it is exported by "${module}"`, name, module, words: "Import it from there:" };
  if (namespaces.test(name)) {
    return {
      is: ": each function is exported by itself",
      module: language,
      words: 'Import what is used: import { dense, relu, adam } from "shapewright".',
    };
  }
  const theirs = counterpartOf(name);
  const target = theirs?.name && at(theirs.name);
  if (theirs?.name && target) {
    const words = `Write ${theirs.name} in its place:`;
    const note = theirs.note === undefined ? "" : `: ${theirs.note}`;
    const is = `; ${theirs.framework}'s ${name} is ${theirs.here} here${note}`;
    return { is, name: theirs.name, module: target, words, ...(theirs.call && { call: theirs.call }) };
  }
  const all = [...own.filter((one) => /^[a-z]/.test(one)), ...Object.values(modules).flat()];
  const known = short.get(spelt(name)) ?? name;
  const same = all.find((one) => spelt(one) === spelt(known));
  if (same) return { is: `; it is called ${same} here`, name: same, module: at(same)!, words: `Write ${same}:` };
  if (theirs) {
    const words = theirs.here.startsWith("nothing: ")
      ? `Leave it out: ${theirs.here.slice("nothing: ".length)}.`
      : theirs.here === ""
        ? "There is no such thing here."
        : `Instead: ${theirs.here}.`;
    return { is: `, which is ${theirs.framework}'s`, module: language, words };
  }
  const like = nearest(name, all);
  if (!like) return undefined;
  return { is: "", name: like, module: at(like)!, words: `If ${like} is meant:`, isGuess: true };
}
