import { byName } from "./by-name.js";
import type { DeclaredRule } from "./declared-rule.js";
import { declaredShape } from "./declared-shape.js";
import { functionOutput } from "./function-output.js";
import { inputAmongOptions } from "./input-among-options.js";
import { inputKey } from "./input-key.js";
import { inputBehindOptions } from "./inputBehindOptions.js";
import { listedState } from "./listed-state.js";
import { missingOption } from "./missing-option.js";
import { modelInputs } from "./model-inputs.js";
import { modelOutput } from "./model-output.js";
import { monitored } from "./monitored.js";
import { notCalled } from "./not-called.js";
import { nullOption } from "./null-option.js";
import { oneNumber } from "./one-number.js";
import { openSizes } from "./open-sizes.js";
import { optionWord } from "./option-word.js";
import { optionsRecord } from "./options-record.js";
import { programWanted } from "./program-wanted.js";
import { tensorWanted } from "./tensor-wanted.js";
import { typedArray } from "./typed-array.js";
import { unknownOption } from "./unknown-option.js";
import { valueByItself } from "./valueByItself.js";

/** Rules for what TypeScript says in its own words. */
export const declaredRules: readonly DeclaredRule[] = [
  programWanted,
  inputBehindOptions,
  inputAmongOptions,
  unknownOption,
  inputKey,
  openSizes,
  byName,
  nullOption,
  typedArray,
  functionOutput,
  notCalled,
  oneNumber,
  modelInputs,
  modelOutput,
  optionsRecord,
  listedState,
  optionWord,
  missingOption,
  valueByItself,
  tensorWanted,
  declaredShape,
  monitored,
];
