import { applyRules } from "./applyRules.js";
import type { Pass } from "./pass.js";
import { arithmetic } from "./rules/arithmetic.js";
import { canonical } from "./rules/canonical.js";
import { layout } from "./rules/layout.js";
import { markers } from "./rules/markers.js";
import { reductions } from "./rules/reductions.js";
import type { Rule } from "./rules/rule.js";

/** Every algebraic simplification. */
export const rules: readonly Rule[] = [...canonical, ...arithmetic, ...layout, ...markers, ...reductions];

export const simplify: Pass = {
  name: "simplify",
  summary: "algebraic identities: x + 0, x · 1, reshape of a reshape, …",
  run: applyRules(rules),
};
