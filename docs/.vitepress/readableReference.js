/**
 * A plugin of typedoc that leaves in the reference what a user reads: not the types that only check a call and word its message,
 * which hovers do not show either.
 */
import { Comment, CommentTag, Context, Converter, PageEvent, ReflectionKind } from "typedoc";

/** Shape rules of layers, which `sequential` alone asks. */
const isRule = (name) => /.Rule$/.test(name);

/** What an argument is crossed with, and is `unknown` where the call is right. */
const isCheck = (name) => /^(Check|Without|FirstMessage$|AxisAlone$|UseBias$)/.test(name);

/** @param {import("typedoc").Application} app */
export function load(app) {
  // Of a constant that is a function, its parameters; of options that are put together, each.
  const { getComment } = Context.prototype;
  Context.prototype.getComment = function (symbol, kind) {
    const comment = getComment.call(this, symbol, kind);
    const declaration = symbol.declarations?.[0];
    if (kind === ReflectionKind.Variable && declaration !== undefined) {
      if (this.checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0)
        comment?.modifierTags.add("@function");
    }
    if (kind === ReflectionKind.TypeAlias && symbol.name.endsWith("Options")) comment?.modifierTags.add("@interface");
    return comment;
  };

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    const { project } = context;
    for (const reflection of project.getReflectionsByKind(ReflectionKind.SomeType))
      if (isRule(reflection.name)) project.removeReflection(reflection);
    const reflections = Object.values(project.reflections);
    for (const reflection of reflections)
      if ("type" in reflection && reflection.type !== undefined) reflection.type = readable(reflection.type);
    for (const reflection of project.children.flatMap(({ children }) => children)) {
      if (reflection.isReference()) {
        reflection.comment = new Comment([], [inCategory("From other modules")]);
        continue;
      }
      const category = categoryOf(
        context.getSymbolFromReflection(reflection)?.declarations?.[0].getSourceFile().fileName,
      );
      for (const { comment } of [reflection, ...(reflection.signatures ?? [])])
        comment?.blockTags.push(inCategory(category));
    }
    // What is called comes before the layer that waits for its input, whose sentence is the same for all.
    for (const { signatures } of reflections) {
      if (!signatures?.some(isLayerAlone)) continue;
      signatures.sort((a, b) => Number(isLayerAlone(a)) - Number(isLayerAlone(b)));
      const alone = signatures.at(-1);
      const said = summaryOf(alone.comment);
      for (const signature of signatures.slice(0, -1)) {
        if (summaryOf(signature.comment) !== said) continue;
        // What is said of all calls at once is said of the first.
        if (said?.startsWith("The layer alone")) signature.comment = undefined;
        else alone.comment = new Comment([{ kind: "text", text: "The layer alone, which waits for its input." }]);
      }
    }
  });

  app.renderer.on(PageEvent.END, (page) => {
    // Calls by what they take, with anchors that no type has; in lists, the first sentence of each.
    let calls = 0;
    page.contents = page.contents
      .replaceAll(
        /^(##+) Call Signature\n\n```ts\nfunction (\w+)(?:<[^()]*>)?\(([^()]*)\)/gm,
        (all, level, name, taken) =>
          all.replace(`${level} Call Signature`, `${level} ${name}(${oneLine(taken)}) {#call-${++calls}}`),
      )
      .replaceAll(/^(\| \[[^|]*\| )(.*?\.)(?= [A-Z`]).*\|$/gm, "$1$2 |");
  });

  // What type parameters extend, the table of parameters says as far as it matters; their defaults, each option's.
  app.renderer.on(PageEvent.END, (page) => {
    if (page.model.kindOf?.(ReflectionKind.Function) || /.Options$/.test(page.model.name))
      page.contents = page.contents
        .replace(/^# (\w+)(?:&lt;|\\<|<).*$/m, "# $1")
        .replaceAll(/^##+ Type Parameters\n\n(?:\|.*\n)+\n/gm, "")
        .replaceAll(/^(function \w+)<[^()]*>\(/gm, "$1(");
  });
}

const inCategory = (category) => new CommentTag("@category", [{ kind: "text", text: category }]);

const oneLine = (text) => text.trim().replaceAll(/\s+/g, " ");

/** What is listed together: what lies in a folder. */
const categories = {
  layers: "Layers",
  losses: "Losses",
  metrics: "Metrics",
  optimizers: "Optimizers",
  schedules: "Learning rates",
  initializers: "Initializers",
  regularizers: "Regularizers",
  constraints: "Constraints",
  ops: "Ops",
  callbacks: "Callbacks",
  types: "Types",
};

const categoryOf = (file) => {
  const folders = /\/(?:src|runtime)\/(.*)\//.exec(file ?? "")?.[1].split("/") ?? [];
  return categories[folders.findLast((folder) => folder in categories)] ?? "General";
};

const summaryOf = (comment) => comment?.summary.map(({ text }) => text).join("");

const isLayerAlone = ({ type }) => type?.type === "reference" && type.name === "Layer";

/** A type without what checks it. */
function readable(type) {
  switch (type.type) {
    case "intersection":
    case "union": {
      type.types = type.types.map(readable).filter(isSaid);
      return type.types.length === 1 ? type.types[0] : type;
    }
    case "indexedAccess":
      return type.objectType.name === "Settled" ? readable(type.objectType.typeArguments[0]) : type;
    case "reference": {
      if (type.name === "NoInfer" || type.name === "OrMessage") return readable(type.typeArguments[0]);
      if (type.name === "Waiting") {
        type.name = "Layer";
        type.typeArguments = undefined;
      }
      type.typeArguments = type.typeArguments?.map(readable);
      return type;
    }
    default:
      return type;
  }
}

/** Whether it is neither a check nor the message that one gives. */
const isSaid = ({ type, name, value }) =>
  !(type === "reference" && isCheck(name)) && !(type === "literal" && /: /.test(String(value)));
