import type { ts } from "ts-morph";
import type { Site } from "../site.js";
import type { Explanation } from "./rule.js";

/** A mistake that TypeScript finds by itself and says in its own words. */
export interface DeclaredRule {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Explains an error of this kind; undefined for others. */
  explain(diagnostic: ts.Diagnostic, site: Site): Explanation | undefined;
}
