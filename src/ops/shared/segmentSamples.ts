import { array } from "../../ir/array.js";
import { ramp } from "./ramp.js";

const ids = (...values: number[]) => array(new Int32Array(values), [values.length]);

/** The samples of ops of segments: segments in any order, of integers one without rows. */
export function segmentSamples() {
  return [
    { inputs: [ramp([4, 2]), ids(1, 0, 1, 1)], attributes: { numSegments: 2 } },
    { inputs: [ramp([3]), ids(1, 1, 0)], attributes: { numSegments: 2 } },
    { inputs: [ramp([2, 1, 3], 1), ids(0, 0)], attributes: { numSegments: 1 } },
    { inputs: [array(new Int32Array([5, -6, 7, 2]), [4]), ids(1, 1, 3, 1)], attributes: { numSegments: 4 } },
  ];
}
