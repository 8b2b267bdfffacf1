import {
  axisRange,
  axisTwice,
  badDim,
  matrixRank,
  newAxisRange,
  permutation,
  permuteOrder,
  squeezeSize,
  tileMultiples,
  unstackName,
  vectorRank,
} from "./axes.js";
import { broadcast, broadcastToRank, broadcastToSize } from "./broadcasting.js";
import { batchAxis, lossClasses, lossDType, lossesByName, lossMissing, outputName } from "./compiling.js";
import { dataDType, dataShape, notData, unknownInput, unknownTarget, unweighted } from "./data.js";
import { derivativeDType, derivativeScalar, derivativeShape, jacobianName } from "./derivatives.js";
import { dtype, dtypesDiffer } from "./dtypes.js";
import { batchAxes, batchAxesCount, segmentIds, tooMany } from "./gathering.js";
import { channelName, filterChannels, filterRank, imageRank, windowSize } from "./images.js";
import { joinAxis, joinRank, scanLengths } from "./joining.js";
import { sameLabels, sparseLabels } from "./labels.js";
import {
  denseName,
  denseScalar,
  flattenScalar,
  normalizationName,
  normalizationRank,
  normalizationScalar,
} from "./layers.js";
import { twoNumbers, wholeNumber } from "./numbers.js";
import { dotAxes, dotRank, matmulAxes, matmulBatches, matmulScalar, matmulVector } from "./products.js";
import { reshapeMultiple, reshapeOpen, reshapeSize } from "./reshaping.js";
import type { Rule } from "./rule.js";
import {
  padPairs,
  padSize,
  sliceAxes,
  sliceEntries,
  sliceOutside,
  sliceRange,
  sliceText,
  splitParts,
  splitRest,
  splitSizes,
} from "./slicing.js";
import { channelGroups, dilatedStrides, filterWithoutOptions, windowSizes } from "./windows.js";

/** A rule for every kind of message that the types give; a test compares them with the types. The first that fits is used. */
export const rules: readonly Rule[] = [
  dotAxes,
  dotRank,
  matmulAxes,
  matmulBatches,
  matmulScalar,
  matmulVector,
  derivativeScalar,
  derivativeShape,
  derivativeDType,
  jacobianName,
  broadcast,
  broadcastToSize,
  broadcastToRank,
  reshapeSize,
  reshapeMultiple,
  reshapeOpen,
  joinRank,
  joinAxis,
  sliceRange,
  sliceEntries,
  sliceText,
  sliceAxes,
  sliceOutside,
  batchAxes,
  batchAxesCount,
  tooMany,
  segmentIds,
  scanLengths,
  splitParts,
  splitSizes,
  splitRest,
  padPairs,
  padSize,
  axisRange,
  axisTwice,
  permutation,
  newAxisRange,
  squeezeSize,
  unstackName,
  tileMultiples,
  permuteOrder,
  vectorRank,
  matrixRank,
  badDim,
  dtype,
  dtypesDiffer,
  wholeNumber,
  twoNumbers,
  imageRank,
  windowSize,
  channelName,
  filterChannels,
  filterRank,
  windowSizes,
  channelGroups,
  dilatedStrides,
  filterWithoutOptions,
  sparseLabels,
  sameLabels,
  denseName,
  normalizationName,
  normalizationRank,
  normalizationScalar,
  denseScalar,
  flattenScalar,
  batchAxis,
  lossDType,
  lossClasses,
  lossesByName,
  outputName,
  lossMissing,
  // Last: `{input}: takes …` fits messages of ops too.
  dataShape,
  dataDType,
  unweighted,
  notData,
  unknownInput,
  unknownTarget,
];
