import type { Flow, Port } from "./flows.js";
import type { Item } from "./hierarchy.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle with what stands in it. `x` and `y` are its upper left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
  readonly item: Item;
  readonly expanded: boolean;
}

/** Boxes from the top down, and from left to right: the order in which they are read out and come to by keys. */
export function readingOrder(boxes: readonly Box[]): Box[] {
  return boxes.toSorted((a, b) => a.y - b.y || a.x - b.x);
}

/** A mark at which a value comes into a group or leaves it. */
export interface PortMark extends Point {
  readonly width: number;
  readonly height: number;
  readonly port: Port;
  readonly text: string;
  readonly incoming: boolean;
}

/** A line between two boxes, or between a mark and a box. */
export interface Line {
  readonly points: readonly Point[];
  readonly values: Flow["values"];
  /** The ids of the boxes that it connects; at a mark, of the value that comes in or goes out. */
  readonly ends: readonly [string, string];
  readonly gradient: boolean;
  readonly label: Point & { readonly text: string };
}

/** What is drawn: groups before what is in them. */
export interface Scene {
  readonly boxes: readonly Box[];
  readonly marks: readonly PortMark[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}
