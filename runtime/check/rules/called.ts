import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { isModel, isSession } from "../models.js";
import { shorten } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const called: NodeRule = {
  id: "called",
  title: "Something that is not called",
  help: "Layers and ops are called. A model is applied, net.apply({ x }); a session predicts; a loss, a metric or an optimizer is given to compile.",
  codes: [2349],
  explain(node, { checker }) {
    const { parent } = node;
    if (!ts.isCallExpression(parent) || parent.expression !== node) return undefined;
    const type = checker.getTypeAtLocation(node);
    const has = (...names: readonly string[]) => names.every((name) => type.getProperty(name));
    const shown = shorten(node.getText());
    const given = parent.arguments[0];
    if (isModel(type)) {
      const record = given && ts.isObjectLiteralExpression(given) && parent.arguments.length === 1;
      return {
        what: `${shown} is a model, which is not called.`,
        fix: fix(
          "Apply it to its inputs by their names: net.apply({ x }).",
          ...(record ? [replace(node, `${node.getText()}.apply`)] : []),
        ),
      };
    }
    if (isSession(type))
      return { what: `${shown} is a session, which is not called.`, fix: fix("Write await session.predict({ x }).") };
    if (has("values", "name")) {
      return {
        what: `${shown} is a loss, which is not called: compile takes it.`,
        fix: fix(
          "Give it to compile: compile(net, { optimizer, loss }). Within a model, a loss is made of ops: mean(square(subtract(output, target))).",
        ),
      };
    }
    if (has("shape", "dtype", "rank"))
      return {
        what: `${shown} is a tensor, which is not called.`,
        fix: fix("A layer takes its input once: dense(x, { units }), or dense({ units })(x)."),
      };
    return undefined;
  },
};
