import { nothingScanned, unequalLengths } from "../../../src/control/along.js";
import { notTheScalar } from "../../../src/control/answer.js";
import { unlikeCarry, unlikeWays } from "../../../src/control/trees.js";
import { fix, wrap } from "../edits.js";
import { rule } from "./rule.js";

export const scanLengths = rule({
  id: "scan-lengths",
  title: "Tensors of different lengths that are scanned together",
  help: "What scan goes along is equally long in all tensors: each step sees one place of each.",
  message: unequalLengths,
  explain: ({ axis }) => ({
    what: `Each step takes one place of every tensor along axis ${axis}, but they are not equally long there.`,
    fix: fix("Cut the longer ones with slice(), or pad() the shorter ones; another axis is said by { axis }."),
  }),
});

export const scanNothing = rule({
  id: "scan-nothing",
  title: "A loop that goes along nothing",
  help: "How many rounds there are, the tensors say that are gone along. Without one, foriLoop counts rounds.",
  message: nothingScanned,
  explain: ({ op }) => ({
    what: `${op} has a round for each place of the tensors that it is given, and there is none.`,
    fix: fix("Give it a tensor, or count the rounds with foriLoop()."),
  }),
});

export const carryUnlike = rule({
  id: "carry-unlike",
  title: "A loop that carries on something else",
  help: "What a round carries on is carried into the next one: it has the same tensors as the carry, each of the same shape and dtype.",
  message: unlikeCarry,
  explain: ({ op, here, there }) => ({
    what: `${op} begins with ${here}, and the next round would be given ${there}.`,
    fix: fix("Carry on what the loop begins with: change the shape or the dtype before the loop, or after it."),
  }),
});

export const waysUnlike = rule({
  id: "ways-unlike",
  title: "Two ways that give different things",
  help: "Which way is chosen is known only when numbers come, so that both give the same tensors, each of the same shape and dtype.",
  message: unlikeWays,
  explain: ({ one, other, here, there }) => ({
    what: `What comes after does not know which way was chosen, but ${one} gives ${here}, and ${other} gives ${there}.`,
    fix: fix("Make them alike: broadcastTo() or reshape() where shapes differ, cast() where dtypes do."),
  }),
});

export const answer = rule({
  id: "answer",
  title: "A question with more than one answer",
  help: "cond and whileLoop ask one question, whose answer is one bool, and switchCase takes one number. Number by number, select() chooses.",
  message: notTheScalar,
  explain({ op, what, kind, dtype, shape }, { argument }) {
    const found = `For ${op}, ${what} is one ${kind}, and this is ${dtype} ${shape}.`;
    if (dtype === "bool" && kind === "bool") {
      const remedy = "Ask whether any() is true, or all() are";
      return { what: found, fix: op === "cond" ? fix(`${remedy}:`, wrap(argument, "any")) : fix(`${remedy}.`) };
    }
    const remedy =
      kind === "bool"
        ? "Compare it with something, by greater() or equal() for one."
        : 'Make it one integer: cast(x, "int32").';
    return { what: found, fix: fix(remedy) };
  },
});
