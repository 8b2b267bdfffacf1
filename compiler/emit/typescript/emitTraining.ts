import type { Node } from "../../../src/ir/node.js";
import { optimizerState } from "../../../src/optimizerState.js";
import { feedsOf, type Program, reportingProgram } from "../../program.js";
import { functionText } from "./functionText.js";
import { helperNames } from "./helperNames.js";
import { Identifiers, key } from "./identifiers.js";
import { moduleText } from "./module.js";
import type { EmitOptions } from "./options.js";
import { variableProperties, writeStateMaker } from "./state.js";
import { writeStep } from "./step.js";
import { usage } from "./usage.js";

/** Names at the top level of a generated module; nothing in its functions is called so. */
const topLevel = ["Weights", "State", "StateOptions", "Report", "createState", "trainStep", "evaluateStep", "tf"];

/**
 * Writes a program's training as a TypeScript module: the state, one training step as straight-line code, and the same for
 * evaluation. It needs nothing but tfjs-core and `shapewright/kernels`.
 *
 * @returns the module's text, the same for the same program
 */
export function emitTraining(source: Program, options: EmitOptions): string {
  const program = reportingProgram(source);
  const feeds = feedsOf(program);
  const taken = [...topLevel, ...helperNames([program.train, program.evaluate])];
  const shared = {
    inputs: feeds,
    state: "state",
    returns: "numbers",
    taken,
    functions: new Identifiers(taken),
  } as const;
  const train = writeStep(program.train, { ...shared, pass: "training" });
  const evaluate = writeStep(program.evaluate, { ...shared, pass: "prediction" });
  const model = program.model.variables;
  const slots = slotsOf(program, train.leftOut);
  const maker = writeStateMaker(model, new Map([...model, ...slots]));
  return moduleText({
    head: usage("train", feeds, Object.keys(program.train.outputs), options, maker.takes),
    helpers: new Set([...train.helpers, ...evaluate.helpers, ...maker.helpers]),
    declare(file) {
      file.addInterface({
        name: "Weights",
        isExported: true,
        docs: ["The model's variables, by name."],
        properties: variableProperties(model, false),
      });
      file.addInterface({
        name: "State",
        isExported: true,
        extends: ["Weights"],
        docs: ["What training changes: the weights, and what the optimizer keeps. `disposeAll(state)` frees it."],
        properties: variableProperties(slots, false),
      });
      file.addInterface({
        name: "Report",
        isExported: true,
        docs: ["What is measured on a batch."],
        properties: Object.entries(program.train.outputs).map(([name, { rank }]) => ({
          name: key(name),
          type: rank === 0 ? "number" : "Float32Array",
          isReadonly: true,
        })),
      });
      file.addInterface({
        name: "StateOptions",
        isExported: true,
        docs: ["Where training starts: a seed for what is drawn, 0 unless said otherwise, and weights that are known."],
        properties: maker.options.map((option) => ({ ...option })),
      });
      file.addStatements([
        // ts-morph leaves no line between an interface and what is given as text.
        (writer) => writer.newLine(),
        functionText({
          documentation: [
            "The state before the first step. Weights that are given are taken over; the others are drawn from the seed, the same",
            "numbers as a session of Shapewright draws.",
          ],
          name: "createState",
          parameters: [maker.parameter],
          returnType: "State",
          statements: maker.statements,
          isExported: true,
        }),
        ...train.blocks,
        functionText({
          documentation: [
            "Takes one training step on a batch: changes the state. Returns the loss and the metrics from before it.",
          ],
          name: "trainStep",
          ...train,
          parameters: [`${train.state}: State`, ...train.parameters],
          isExported: true,
        }),
        ...evaluate.blocks,
        functionText({
          documentation: ["The loss and the metrics of a batch, with the model as it is in prediction."],
          name: "evaluateStep",
          ...evaluate,
          parameters: [`${evaluate.state}: Weights`, ...evaluate.parameters],
          isExported: true,
        }),
      ]);
    },
  });
}

/** What the optimizer keeps, in the order of the model's variables, and what else is no variable of the model. */
function slotsOf({ model, variables }: Program, leftOut: ReadonlySet<Node>): Map<string, Node<"variable">> {
  const places = new Map([...model.variables.keys()].map((name, place) => [name, place]));
  const place = (slot: string) => places.get(slot.slice(optimizerState.length, slot.lastIndexOf("/"))) ?? -1;
  const slots = [...variables].filter(([name, node]) => !model.variables.has(name) && !leftOut.has(node));
  return new Map(slots.sort(([a], [b]) => place(a) - place(b)));
}
