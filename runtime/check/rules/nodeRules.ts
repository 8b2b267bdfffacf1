import { applied } from "./applied.js";
import { argumentsCount } from "./arguments-count.js";
import { arrayHabits } from "./array-habits.js";
import { batchForm } from "./batch-form.js";
import { byOutputs } from "./by-outputs.js";
import { called } from "./called.js";
import { declaredResult } from "./declared-result.js";
import { declaredValue } from "./declared-value.js";
import { fileByItself } from "./file-by-itself.js";
import { inputDType } from "./input-dtype.js";
import { inputShape } from "./input-shape.js";
import { inputsRecord } from "./inputs-record.js";
import { layerWanted } from "./layer-wanted.js";
import { listWanted } from "./list-wanted.js";
import { listedNumbers } from "./listed-numbers.js";
import { method } from "./method.js";
import { missingAwait } from "./missing-await.js";
import type { NodeRule } from "./node-rule.js";
import { notAdapted } from "./not-adapted.js";
import { numberAsText } from "./number-as-text.js";
import { numberInRecord } from "./number-in-record.js";
import { operator } from "./operator.js";
import { otherModule } from "./other-module.js";
import { otherName } from "./other-name.js";
import { ownMetric } from "./own-metric.js";
import { pythonsWord } from "./pythons-word.js";
import { reported } from "./reported.js";
import { sourceGiven } from "./source-given.js";
import { validationPair } from "./validation-pair.js";
import { withoutShape } from "./without-shape.js";

/** Rules for what TypeScript says in its own words of a node wherever it stands. */
export const nodeRules: readonly NodeRule[] = [
  declaredResult,
  declaredValue,
  missingAwait,
  notAdapted,
  operator,
  method,
  otherModule,
  pythonsWord,
  otherName,
  reported,
  called,
  arrayHabits,
  numberInRecord,
  fileByItself,
  sourceGiven,
  argumentsCount,
  inputDType,
  inputShape,
  numberAsText,
  inputsRecord,
  batchForm,
  byOutputs,
  ownMetric,
  listWanted,
  listedNumbers,
  applied,
  layerWanted,
  validationPair,
  withoutShape,
];
