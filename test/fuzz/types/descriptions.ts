import type { Described } from "./arguments.js";
import { control } from "./describe/control.js";
import { elementwise } from "./describe/elementwise.js";
import { layersOf } from "./describe/layers.js";
import { products } from "./describe/products.js";
import { reductions } from "./describe/reductions.js";
import { shapes } from "./describe/shapes.js";
import { windows } from "./describe/windows.js";

/** How every function is called that is tried. */
export const descriptions: Described = {
  ...elementwise,
  ...reductions,
  ...shapes,
  ...products,
  ...windows,
  ...layersOf,
  ...control,
};
