import type { Rule } from "./rule.js";

/** What tells differentiation or training something, and computes nothing. Passes run when it is over. */
export const markers: readonly Rule[] = [
  {
    name: "stopGradient(x) = x, customGradient(y, …) = y, stateUpdate(x, …) = x",
    ops: ["stopGradient", "customGradient", "stateUpdate"],
    rewrite: ({ inputs: [x] }) => x,
  },
];
