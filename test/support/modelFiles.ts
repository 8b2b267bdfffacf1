/** A model's file as an ES module, in TypeScript or JavaScript. */
export const asModule = `
import { compile, dense, input, meanSquaredError, model, sgd } from "shapewright";
import { units } from "./units";
const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units }));
export const program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });
export default net;
`;

/** The same as a CommonJS module. */
export const asCommonJs = `
const { compile, dense, input, meanSquaredError, model, sgd } = require("shapewright");
const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));
exports.program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });
`;

/** What stands in a folder whose package.json does not say that its modules are ES modules, by name. */
export const filesWithoutType: Readonly<Record<string, string>> = {
  "package.json": "{}",
  "units.ts": "export const units = 1;",
  "model.ts": asModule,
  "model.mts": asModule,
  "model.cts": asModule,
  "syntax.js": asModule,
  "model.js": asCommonJs,
  "model.cjs": asCommonJs,
};
