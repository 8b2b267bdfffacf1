export {
  type Columns,
  Dataset,
  type DatasetBatchOptions,
  dataset,
  type InterleaveOptions,
  type MapOptions,
  type ShuffleOptions,
  zip,
} from "./dataset.js";
export type { Row } from "./rows.js";
export type { Stacked } from "./stack.js";
export type { Place } from "./stages/map.js";
