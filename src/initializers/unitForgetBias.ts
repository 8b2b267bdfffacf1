import type { Initializer } from "./initializer.js";

/**
 * The bias of an LSTM's four gates, of which the second one, which keeps the cell's state, starts at 1, and the others at 0. Of a further
 * initializer, these are what it gives.
 * Source: Jozefowicz, Zaremba and Sutskever, "An empirical exploration of recurrent network architectures" (2015).
 */
export function unitForgetBias(others?: Initializer): Initializer {
  return {
    name: others ? `unitForgetBias(${others.name})` : "unitForgetBias",
    // Generated code has the names of the outermost initializers alone.
    ...(!others && { expression: "unitForgetBias()" }),
    sample(shape, random) {
      const units = shape[0]! / 4;
      const values = others?.sample(shape, random) ?? new Float32Array(shape[0]!);
      return Float32Array.from(values, (value, i) => (i >= units && i < 2 * units ? 1 : value));
    },
  };
}
