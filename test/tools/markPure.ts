import { parseAst } from "rolldown/parseAst";

type Statement = ReturnType<typeof parseAst>["body"][number];

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** What is not computed where it stands. */
const later = /Function|^Class/;

/** What may do more than give a value, as far as bundlers know: calls, getters, iterators, conversions to text. */
const mayDo = /^(Call|New|Member|TaggedTemplate)Expression$|^(SpreadElement|TemplateLiteral)$/;

/**
 * Says of a bundle of modules without side effects that nothing but their value is asked of its constants. Of a package of such modules, bundlers leave
 * out those that are not used; of many in one file, they leave out only what says so.
 */
export function markPure(code: string): string {
  const marked: string[] = [];
  let at = 0;
  for (const { start, end, inBrackets } of parseAst(code).body.flatMap(computed)) {
    const text = code.slice(start, end);
    // An object at the beginning of an arrow function would be its block.
    marked.push(code.slice(at, start), `/* @__PURE__ */ ${inBrackets ? `(() => (${text}))()` : text}`);
    at = end;
  }
  return marked.join("") + code.slice(at);
}

/** What a statement computes that is to be marked: in brackets, where that is more than one call. */
function computed(statement: Statement): (Syntax & { readonly inBrackets: boolean })[] {
  if (statement.type === "ExpressionStatement") {
    const { expression } = statement;
    // With these the bundler gives functions back their names.
    const isName =
      expression.type === "CallExpression" && "name" in expression.callee && expression.callee.name === "__name";
    return isName ? [{ ...expression, inBrackets: false }] : [];
  }
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ init }) => {
    const kinds = init ? kindsIn(init) : [];
    const does = kinds.filter((kind) => mayDo.test(kind));
    if (!init || does.length === 0 || kinds.includes("AwaitExpression")) return [];
    return [{ ...init, inBrackets: does.length > 1 || !/^(Call|New)Expression$/.test(init.type) }];
  });
}

/** The kinds of syntax of an expression, but for functions in it. */
function kindsIn(node: Syntax): string[] {
  if (later.test(node.type)) return [];
  const below = Object.values(node).flat().filter(isSyntax);
  return [node.type, ...below.flatMap(kindsIn)];
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && "type" in value;
}
