import { describe, expect, test } from "vitest";
import {
  categoricalFocalCrossentropy,
  compile,
  ctc,
  dense,
  dice,
  input,
  klDivergence,
  type Loss,
  logSoftmax,
  model,
  sgd,
  sigmoid,
  softmax,
  type Tensor,
  tversky,
} from "../../compiler/language.js";

const x = input(["batch", 5, 4]);
type Scores = Tensor<["batch", 5, 3]>;
const ending = (last: (scores: Scores) => Scores) => model({ x }, ({ x }) => last(dense(x, { units: 3 })));

describe("what an output is, and what its loss takes", () => {
  test.each<[string, (scores: Scores) => Scores, Loss<any>]>([
    ["dense has no activation, but klDivergence() takes probabilities: give it softmax", (y) => y, klDivergence()],
    [
      "dense ends in logSoftmax, but klDivergence() takes probabilities: in its place, use softmax",
      (y) => logSoftmax(y),
      klDivergence(),
    ],
    ["dense has no activation, but dice() takes probabilities: give it sigmoid", (y) => y, dice()],
    ["dense has no activation, but tversky() takes probabilities: give it sigmoid", (y) => y, tversky()],
    ["dense ends in softmax, but ctc() applies softmax itself: leave it out", (y) => softmax(y), ctc()],
    [
      "dense has no activation, but categoricalFocalCrossentropy() takes probabilities: write categoricalFocalCrossentropy({ fromLogits: true }), or give it softmax",
      (y) => y,
      categoricalFocalCrossentropy(),
    ],
    [
      "dense ends in softmax, but categoricalFocalCrossentropy({ fromLogits: true }) applies softmax itself: leave one of the two out",
      (y) => softmax(y),
      categoricalFocalCrossentropy({ fromLogits: true }),
    ],
  ])("%s", (message, last, loss) => {
    const { warnings } = compile(ending(last), { optimizer: sgd(), loss, onWarning() {} });
    expect(warnings.map(({ message }) => message)).toEqual([message]);
  });

  test.each<[string, (scores: Scores) => Scores, Loss<any>]>([
    ["probabilities for a divergence", (y) => softmax(y), klDivergence()],
    ["areas", (y) => sigmoid(y), dice()],
    ["areas of classes", (y) => softmax(y), tversky()],
    ["logits for sequences", (y) => y, ctc()],
  ])("go together: %s", (_, last, loss) => {
    expect(compile(ending(last), { optimizer: sgd(), loss, onWarning() {} }).warnings).toEqual([]);
  });
});
