import { nodeOf, tensorOf } from "../../../ir/node.js";
import type { Dim } from "../../../types/dim.js";
import { places } from "../../arange.js";
import { cast } from "../../cast.js";
import { expandDims } from "../../expandDims.js";
import type { Any } from "../composite.js";
import { count, type Origins } from "./sampled.js";

/** Where the pixels of images are: x along [width], y along [height, 1]. */
export function pixels(images: Any): Origins {
  const [, height, width] = nodeOf(images).shape as readonly Dim[];
  return { x: along(width!), y: expandDims(along(height!), -1) };
}

function along(size: Dim): Any {
  return cast(tensorOf(places(size)), "float32");
}

/** The height and width of images, as numbers of the graph. */
export function sizesOf(images: Any): { readonly height: Any; readonly width: Any } {
  const [, height, width] = nodeOf(images).shape as readonly Dim[];
  return { height: count(height!), width: count(width!) };
}
