import { checkKind } from "../compiler/checkKind.js";
import type { Targets } from "../compiler/losses.js";
import { computationOf, type Inputs, type Program } from "../compiler/program.js";
import { refuse } from "../src/ir/refuse.js";
import type { Outputs } from "../src/model.js";
import { checkOpenOptions, load, type OpenOptions } from "./load.js";
import { Session } from "./session.js";

/**
 * Opens a session: puts a compiled program onto a backend and gives its variables their initial values.
 *
 * @param program what compile gives
 * @param options `backend`, `seed`, `threads`
 * @throws SW_VALUE when it is no compiled program; SW_BACKEND when the backend asked for is not there, with how to get it
 * @example
 * const session = await open(program);
 */
export async function open<I extends Inputs, O extends Outputs, T extends Targets, R, W>(
  program: Program<I, O, T, R, W>,
  options: OpenOptions = {},
): Promise<Session<I, O, T, R, W>> {
  refuse("SW_VALUE", "open", checkKind("open", program, "program"));
  checkOpenOptions("open", options);
  return new Session(program, await load(computationOf(program), options));
}
