import type { NamedLayer } from "./layer.js";

/** The options of a layer's or cell's mirror, which goes the other way with weights of its own. */
export function backward<O extends NamedLayer>(options: O): O {
  const { name } = options;
  return name === undefined ? options : { ...options, name: `${name}Backward` };
}
