import { dense, input } from "shapewright";

/** What `openAxes` must find, within another call. */
export function openAxis(units: number) {
  return dense(dense(input(["batch", 4]), { units }), { units: 2 });
}
