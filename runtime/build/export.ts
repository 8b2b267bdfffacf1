import type { Program } from "../../compiler/program.js";
import type { Model } from "../../src/model.js";

/** A model or a program that a source file exports. */
export type Export =
  | { readonly name: string; readonly kind: "model"; readonly model: Model<any, any> }
  | { readonly name: string; readonly kind: "program"; readonly model: Model<any, any>; readonly program: Program };
