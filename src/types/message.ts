/** The fields of a message's template: of `"{op}: axis {axis} is given twice"`, `"op" | "axis"`. */
export type FieldsOf<Template extends string> = Template extends `${string}{${infer Field}}${infer Rest}`
  ? Field | FieldsOf<Rest>
  : never;

/** What stands in the fields of a template: something for each. */
export type FilledIn<Template extends string> = Readonly<Record<FieldsOf<Template>, string | number>>;

/**
 * A message from its template, which its runtime twin and the rule of `check` that explains it share.
 *
 * @example
 * const axisGivenTwice = "{op}: axis {axis} is given twice";
 * type Text = Message<typeof axisGivenTwice, { op: "sum"; axis: -1 }>; // "sum: axis -1 is given twice"
 */
export type Message<Template extends string, Fields extends FilledIn<Template> & NoOthers<Template, Fields>> = Fill<
  Template,
  Fields
>;

/**
 * A message about a text, beside which the bare message would come out as `never`, or about a list: of the bare one, a text, TypeScript
 * would say that its letters are not the list's elements.
 */
export interface Problem<M extends string> {
  readonly problem: M;
}

/**
 * Has a check a message? Within an object, TypeScript settles it for one that names type parameters, too: `unknown extends Check` alone
 * would be open there. Of a check that is open itself it may be `false`: then that question is to be asked.
 */
export type IsMessage<Check> = { is: Check } extends { is: string | Problem<string> } ? true : false;

type NoOthers<Template extends string, Fields> = { readonly [K in Exclude<keyof Fields, FieldsOf<Template>>]: never };

/** Where only the fields are type parameters, this is a template literal type at once, as if it were written out. */
type Fill<
  Template extends string,
  Fields extends Readonly<Record<string, string | number>>,
> = Template extends `${infer Head}{${infer Field}}${infer Rest}`
  ? `${Head}${Fields[Field]}${Fill<Rest, Fields>}`
  : Template;

/** The same message from fields at hand: `fill("{op}: no axis", { op: "sum" })` is `"sum: no axis"`. */
export function fill<Template extends string>(template: Template, fields: FilledIn<Template>): string {
  return template.replace(/\{(\w+)\}/g, (_, field: FieldsOf<Template>) => String(fields[field]));
}
