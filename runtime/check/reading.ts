import type { ts } from "ts-morph";
import type { SequentialShapes } from "./sequential-shapes.js";

/** What shapes are read from. */
export interface Reading {
  readonly checker: ts.TypeChecker;
  readonly sequentialShapes: SequentialShapes;
}
