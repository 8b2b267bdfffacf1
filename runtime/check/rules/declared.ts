import type { DeclaredRule } from "./declared-rule.js";
import { declaredShape } from "./declared-shape.js";
import { inputKey } from "./input-key.js";
import { openSizes } from "./open-sizes.js";

/** Rules for what TypeScript says in its own words. */
export const declaredRules: readonly DeclaredRule[] = [inputKey, openSizes, declaredShape];
