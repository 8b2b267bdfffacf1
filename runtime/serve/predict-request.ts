import { showName } from "../../src/ir/checkName.js";
import { inWords, keysInWords } from "../../src/ir/inWords.js";
import { aRecord } from "../../src/ir/options.js";
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
  if (instances === undefined) return { inputs: byName(inputs, names), by: "inputs" };
  if (!served.hasSamples) throw refused(`${noSamples}; give "inputs"`);
  return { inputs: columnsOf(instances, names), by: "instances" };
}

/** Data by names: as it is given, or of the one input. */
function byName(given: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (aRecord.accepts(given)) return given as Readonly<Record<string, unknown>>;
  if (names.length === 1) return { [names[0]!]: given };
  throw refused(`data is given by the inputs' names, ${names.join(", ")}, got ${inWords(given)}`);
}

/** The samples of each input, one list for each. */
function columnsOf(instances: unknown, names: readonly string[]): Record<string, unknown[]> {
  if (!Array.isArray(instances)) throw refused(`instances are a list, got ${inWords(instances)}`);
  if (instances.length === 0) throw refused("instances is empty; there has to be one at least");
  const records = instances.map((instance) => byName(instance, names));
  const columns = new Map<string, unknown[]>([...names, ...records.flatMap(Object.keys)].map((name) => [name, []]));
  for (const [i, record] of records.entries()) {
    for (const [name, column] of columns) {
      if (!Object.hasOwn(record, name) && names.includes(name))
        throw refused(`instances[${i}]: the input ${showName(name)} is missing`);
      column.push(record[name]);
    }
  }
  return Object.fromEntries(columns);
}
