/** What `import … from "shapewright"` gives: the language, its derivatives, and `compile`. */
export * from "../src/index.js";
export { gradients } from "./autodiff/gradients.js";
export { type CompileOptions, compile } from "./compile.js";
export type { MemoryOptions } from "./memory.js";
export type { Program } from "./program.js";
