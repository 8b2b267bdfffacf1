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
export type { CsvCategories, CsvColumn, CsvKind, CsvRow, CsvSchema, CsvValue } from "./files/csv-columns.js";
export { type CsvOptions, csvDataset } from "./files/csvDataset.js";
export { jsonlDataset } from "./files/jsonlDataset.js";
export { npyDataset } from "./files/npyDataset.js";
export { readIdx } from "./files/readIdx.js";
export { readNpy, readNpz } from "./files/readNpy.js";
export type { Row } from "./rows.js";
export type { Stacked } from "./stack.js";
export type { Place } from "./stages/map.js";
