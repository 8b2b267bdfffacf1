import { showName } from "../../src/ir/checkName.js";
import { cut } from "../../src/ir/cut.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords, keysInWords } from "../../src/ir/inWords.js";
import { listNames } from "../../src/ir/nearest.js";
import { aRecord } from "../../src/ir/options.js";
import { noInput } from "../../src/model.js";
import { fill } from "../../src/types/message.js";
import { refused } from "../data/toArray.js";
import { noSamples, type Served } from "./served.js";

/** What a request asks for: data by the inputs' names, and whether the answer is given by samples or by outputs. */
export interface Asked {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly by: "instances" | "inputs";
}

/**
 * Reads the body of a request as TensorFlow Serving's REST interface has it: `instances` are samples, `inputs` are all samples of each
 * input. Of a model with one input, its name may be left out.
 *
 * Source: https://www.tensorflow.org/tfx/serving/api_rest
 *
 * @throws SW_DATA when it is none
 */
export function readRequest(body: unknown, served: Served): Asked {
  if (!aRecord.accepts(body))
    throw refused(`a request is { "instances": […] } or { "inputs": … }, got ${inWords(body)}`);
  const {
    instances,
    inputs,
    signature_name: signature = "serving_default",
    ...others
  } = body as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw refused(`a request has "instances" or "inputs", but no ${showName(unknown)}`);
  if (signature !== "serving_default") {
    throw refused(`no signature is named ${inWords(signature)}; there is serving_default, or none is named`);
  }
  if ((instances === undefined) === (inputs === undefined)) {
    throw refused(`a request has one of "instances" and "inputs", got ${keysInWords(body)}`);
  }
  const names = [...served.inputs.keys()];
  if (instances === undefined) {
    const data = byName(inputs, names);
    for (const name of Object.keys(data)) checkJson(name, data[name]);
    return { inputs: data, by: "inputs" };
  }
  if (!served.hasSamples) throw refused(`${noSamples}; give "inputs"`);
  return { inputs: columnsOf(instances, names), by: "instances" };
}

/**
 * Data by names: as it is given, or of the one input.
 *
 * @throws SW_NAME for a name that no input has
 */
function byName(given: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const [only, ...others] = names;
  if (!aRecord.accepts(given)) {
    if (others.length === 0) return { [only!]: given };
    throw refused(`data is given by the inputs' names, ${names.join(", ")}, got ${inWords(given)}`);
  }
  const data = given as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(data).find((name) => !names.includes(name));
  if (unknown === undefined) return data;
  if (unknown === "b64" && others.length === 0) checkJson(only!, given);
  const message = fill(noInput, { input: cut(unknown) });
  throw new ShapewrightError("SW_NAME", `${message}; there are ${listNames(unknown, names)}`);
}

/** Refuses what could be read as something else than JSON has. */
function checkJson(name: string, value: unknown): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const bytes = "b64" in value ? "; there are no inputs of bytes" : "";
  throw refused(`${name}: takes numbers in nested lists, got ${keysInWords(value)}${bytes}`);
}

/** The samples of each input, one list for each. */
function columnsOf(instances: unknown, names: readonly string[]): Record<string, unknown[]> {
  if (!Array.isArray(instances)) throw refused(`instances are a list, got ${inWords(instances)}`);
  if (instances.length === 0) throw refused("instances is empty; there has to be one at least");
  const columns = new Map<string, unknown[]>(names.map((name) => [name, []]));
  for (const [i, instance] of instances.entries()) {
    const record = byName(instance, names);
    for (const [name, column] of columns) {
      if (!Object.hasOwn(record, name)) throw refused(`instances[${i}]: the input ${showName(name)} is missing`);
      checkJson(name, record[name]);
      column.push(record[name]);
    }
  }
  return Object.fromEntries(columns);
}
