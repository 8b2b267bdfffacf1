import { argumentsCount } from "./arguments-count.js";
import { declaredResult } from "./declared-result.js";
import { declaredValue } from "./declared-value.js";
import { inputShape } from "./input-shape.js";
import { inputsRecord } from "./inputs-record.js";
import { listWanted } from "./list-wanted.js";
import { lossCalled } from "./loss-called.js";
import { method } from "./method.js";
import { missingAwait } from "./missing-await.js";
import type { NodeRule } from "./node-rule.js";
import { notAdapted } from "./not-adapted.js";
import { numberAsText } from "./number-as-text.js";
import { numberInRecord } from "./number-in-record.js";
import { operator } from "./operator.js";
import { reported } from "./reported.js";

/** Rules for what TypeScript says in its own words of a node wherever it stands. */
export const nodeRules: readonly NodeRule[] = [
  declaredResult,
  declaredValue,
  missingAwait,
  notAdapted,
  operator,
  method,
  reported,
  lossCalled,
  numberInRecord,
  argumentsCount,
  inputShape,
  numberAsText,
  listWanted,
  inputsRecord,
];
