import { refuseExtra } from "../../ir/refuseExtra.js";
import { called } from "./called.js";

/**
 * The public function of an op, under its name.
 *
 * @param takes what it takes, by the names of its parameters: more is refused
 */
export function opFunction<F extends (...args: never[]) => unknown>(name: string, takes: readonly string[], f: F): F {
  const checked = (...args: never[]): unknown => {
    if (args.length > takes.length) refuseExtra(name, takes, args);
    return f(...args);
  };
  return called(name, checked as F);
}
