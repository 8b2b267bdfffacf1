import { nodeOf, tensorOf } from "../../ir/node.js";
import { places } from "../../ops/arange.js";
import { cast } from "../../ops/cast.js";
import { expandDims } from "../../ops/expandDims.js";
import type { Any } from "../../ops/shared/composite.js";
import { count, type Origins } from "../../ops/shared/windows/sampled.js";
import type { Dim } from "../../types/dim.js";

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
