/**
 * A plugin of typedoc that gives pages to what is called alone. A type that one function takes or gives is told of on that function's page, options
 * above all; those that several have, on one page of the module's types. A page for each would be half of all pages.
 */
import { Comment, CommentTag, Converter, DeclarationReflection, makeRecursiveVisitor, ReflectionKind } from "typedoc";
import { MemberRouter } from "typedoc-plugin-markdown";

/** @param {import("typedoc").Application} app */
export function load(app) {
  // Once names are resolved, and before members are listed by groups.
  app.converter.on(
    Converter.EVENT_RESOLVE_BEGIN,
    ({ project }) => {
      for (const module of project.children) {
        const types = new DeclarationReflection("Types", ReflectionKind.Namespace, module);
        types.comment = new Comment(
          [{ kind: "text", text: "What several functions take or give." }],
          [new CommentTag("@category", [{ kind: "text", text: "Types" }])],
        );
        const functions = module.children.filter(({ kind }) => kind === ReflectionKind.Function);
        for (const type of module.children.filter((child) => child.kindOf(isType)))
          move(type, module, onlyUser(type, functions) ?? types);
        if (types.children === undefined) continue;
        project.registerReflection(types, undefined, undefined);
        module.addChild(types);
      }
    },
    -100,
  );

  app.renderer.defineRouter("types-beside-functions", TypesBesideFunctions);
  app.renderer.markdownHooks.on("content.end", ({ page: { model }, partials }) =>
    model.kindOf(ReflectionKind.Function)
      ? (model.children ?? []).map((type) => partials.memberContainer(type, { headingLevel: 2 })).join("\n\n")
      : "",
  );
}

class TypesBesideFunctions extends MemberRouter {
  getIdealBaseName(reflection) {
    return super.getIdealBaseName(reflection).replace("namespaces/Types/index", "types");
  }
}

const isType = ReflectionKind.Interface | ReflectionKind.TypeAlias;

function move(child, from, to) {
  from.removeChild(child);
  child.parent = to;
  to.addChild(child);
}

/** The function that has the type among its parameters and results, where it is the only one. */
function onlyUser(type, functions) {
  const users = functions.filter(({ signatures }) => signatures.some((signature) => mentions(signature, type)));
  return users.length === 1 ? users[0] : undefined;
}

function mentions({ type, parameters = [] }, sought) {
  let found = false;
  const visitor = makeRecursiveVisitor({
    reference: (reference) => {
      found ||= reference.reflection === sought;
    },
  });
  for (const { type: taken } of parameters) taken?.visit(visitor);
  type?.visit(visitor);
  return found;
}
