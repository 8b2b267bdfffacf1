import { ts } from "ts-morph";
import { fix } from "../edits.js";
import { kind } from "../kind.js";
import { calledName, shorten } from "../names.js";
import { propertyOf } from "../properties.js";
import type { DeclaredRule } from "./declared-rule.js";

/** What TypeScript says where what model() or compile() makes is asked for. */
const asked = /\b(?:parameter of|from|to|in) type '(Program|Model)</;

const makers = {
  Model: { article: "a model", call: "model({ x: input([…]) }, ({ x }) => …)" },
  Program: { article: "a program", call: "compile(model, { optimizer: adam(), loss: … })" },
};

export const programWanted: DeclaredRule = {
  id: "program-wanted",
  title: "Something else where a model or a program is taken",
  help: "Layers make a model by model(inputs, function), a model makes a program by compile(model, options), and open(program) trains it.",
  explain({ messageText }, { argument: place, call, checker }) {
    const [, wanted] = ts.flattenDiagnosticMessageText(messageText, "\n").match(asked) ?? [];
    if (!wanted) return undefined;
    const { article, call: maker } = makers[wanted as keyof typeof makers];
    const argument = call.arguments.find((one) => one === propertyOf(place)?.object) ?? place;
    const type = checker.getTypeAtLocation(argument);
    const given = makers[type.symbol?.name as keyof typeof makers]?.article ?? kind(checker, type);
    const named = (otherwise: string) => (ts.isIdentifier(argument) ? argument.text : otherwise);
    return {
      what: `${calledName(call)} takes ${article}, but ${shorten(argument.getText())} is ${given}.`,
      fix: fix(
        given === "a model"
          ? `Compile it first: compile(${named("model")}, { optimizer: adam(), loss: … }).`
          : given === "a program"
            ? `Give what it was compiled of: ${named("program")}.model.`
            : `Give what ${maker} makes.`,
      ),
      chains: [],
    };
  },
};
