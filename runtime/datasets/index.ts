/**
 * What `import … from "shapewright/data"` gives: datasets, files that are read as such, and what texts and categories go through.
 *
 * @module shapewright/data
 */
export type { Adaptable } from "../../src/layers/adaptable.js";
// What each op is declared with, without which the declarations below do not hold.
export type {} from "../../src/ops/definitions.js";
export type { SavedPreprocessing } from "../model-file/about.js";
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
export { type ArrowOptions, arrowDataset } from "./files/arrowDataset.js";
export type {
  ColumnarRead,
  ColumnarRow,
  ColumnarSchema,
  ColumnarValue,
  ColumnarVector,
} from "./files/columnar-schema.js";
export type { CsvCategories, CsvColumn, CsvKind, CsvRow, CsvSchema, CsvValue } from "./files/csv-columns.js";
export { type CsvOptions, csvDataset } from "./files/csvDataset.js";
export { ImageFolder, type ImageSample, imageFolder } from "./files/imageFolder.js";
export type { ImageFolderOptions, LabelMode } from "./files/images/imageFolderOptions.js";
export type { ColorMode } from "./files/images/toChannels.js";
export { jsonlDataset } from "./files/jsonlDataset.js";
export { npyDataset } from "./files/npyDataset.js";
export { type ParquetOptions, parquetDataset } from "./files/parquetDataset.js";
export { readIdx } from "./files/readIdx.js";
export { readNpy, readNpz } from "./files/readNpy.js";
export { type CutMixOptions, cutMix } from "./preprocessing/cutMix.js";
export type { Salt } from "./preprocessing/hashBy.js";
export { type Hashing, type HashingMode, type HashingOptions, hashing } from "./preprocessing/hashing.js";
export { type IntegerLookup, type IntegerLookupOptions, integerLookup } from "./preprocessing/integerLookup.js";
export type { Documents, Lookup, LookupOptions } from "./preprocessing/lookup.js";
export { type MixUpOptions, mixUp } from "./preprocessing/mixUp.js";
export {
  type PreprocessingSignature,
  type Restored,
  restorePreprocessing,
} from "./preprocessing/restorePreprocessing.js";
export {
  type ImputerStrategy,
  type NumberRows,
  type SimpleImputer,
  type SimpleImputerOptions,
  simpleImputer,
} from "./preprocessing/simpleImputer.js";
export { type StringLookup, type StringLookupOptions, stringLookup } from "./preprocessing/stringLookup.js";
export {
  type TextMode,
  type Texts,
  type TextVectorization,
  type TextVectorizationOptions,
  textVectorization,
} from "./preprocessing/textVectorization.js";
export {
  type TokenSequence,
  type TokenSequences,
  type TokenSequencesOptions,
  tokenSequences,
} from "./preprocessing/tokenSequences.js";
export type { Row } from "./rows.js";
export type { Stacked } from "./stack.js";
export type { Place } from "./stages/map.js";
