import { applyRules } from "./applyRules.js";
import type { Pass } from "./pass.js";
import { stable } from "./rules/stable.js";

/** Puts what does not overflow in the place of what does. */
export const stabilize: Pass = {
  name: "stabilize",
  summary: "ln softmax(x), ln Σ eˣ and their like become ops that do not overflow",
  needs: stable.flatMap(({ ops }) => ops),
  run: applyRules(stable),
};
