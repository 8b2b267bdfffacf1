import type { Compiler } from "../../tools/compilers.js";
import { compile } from "./compile.js";
import { descriptions } from "./descriptions.js";
import { disagreement } from "./disagreement.js";
import { draw, shrink } from "./draw.js";
import { type Outcome, run } from "./outcome.js";
import { type Program, sourceOf } from "./program.js";

/** A program of which types and runtime say different things. */
export interface Finding {
  readonly op: string;
  readonly index: number;
  readonly program: Program;
  readonly what: string;
}

export interface Asked {
  readonly compiler: Compiler;
  readonly seed: number;
  /** How many programs of each function. */
  readonly each: number;
  /** The functions: all of them, unless said otherwise. */
  readonly ops?: readonly string[];
}

/** Writes programs, lets a compiler check them all at once and runs each; returns what differs. */
export async function fuzzTypes({ compiler, seed, each, ops = Object.keys(descriptions) }: Asked): Promise<Finding[]> {
  const drawn = ops.flatMap((op) => draw(op, seed, each).map((program, index) => ({ op, index, program })));
  const said = await compile(
    compiler,
    drawn.map(({ program }) => program),
  );
  return drawn.flatMap((one, i) => {
    const what = differenceOf(one.program, said[i]!);
    return what === undefined ? [] : [{ ...one, what }];
  });
}

function differenceOf(program: Program, types: Outcome): string | undefined {
  try {
    return disagreement(program, types, run(program));
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same finding in the smallest program that shows one, as a test's source. */
export async function smallest({ compiler, seed }: Asked, { op, index, program, what }: Finding): Promise<string> {
  const kind = kindOf(what);
  let found = what;
  const small = await shrink(op, seed, index, async (smaller) => {
    const [types] = await compile(compiler, [smaller]);
    const now = differenceOf(smaller, types!);
    if (now === undefined || kindOf(now) !== kind) return false;
    found = now;
    return true;
  });
  return shown({ op, index, program: small ?? program, what: found });
}

/** What was found, with the program, ready to be pasted. */
export const shown = ({ op, program, what }: Finding): string => `// ${what}\n${sourceOf(program, op)}`;

/** The words with which all findings of a kind begin. */
export const kindOf = (what: string): string => what.split(/[:;{]|, it/)[0]!;
