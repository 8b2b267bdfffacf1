import type { ts } from "ts-morph";
import type { Chain, Fix } from "../finding.js";
import type { Site } from "../site.js";
import { type Fields, template } from "../template.js";

/** A kind of message that the types give, and how it is explained. */
export interface Rule {
  /** Stable: it is written into baselines and suppressions. */
  readonly id: string;
  /** What kind of mistake it is, in a few words. */
  readonly title: string;
  /** What holds in general, for people who look the rule up. */
  readonly help: string;
  /** The message, with holes for what differs. */
  readonly message: string;
  /** Explains one message of this kind; undefined for other messages. */
  explain(message: string, site: Site): Explanation | undefined;
}

/** What a rule says of one mistake. */
export interface Explanation {
  /** What kind of mistake this one is, where the rule's title does not fit it. */
  readonly title?: string;
  readonly what: string;
  readonly fix: Fix;
  /** What else may be meant, the likeliest first. */
  readonly others?: readonly Fix[];
  /** What is wrong, where that is used in many places, each of which TypeScript underlines: it is said once. */
  readonly cause?: ts.Node;
  /** The shapes that led there; those of the call's operands, unless a rule knows better. */
  readonly chains?: readonly Chain[];
}

/** An explanation's fixes: the first is the likeliest, and where there is none, words. */
export function firstOf(fixes: readonly Fix[], otherwise: Fix): Pick<Explanation, "fix" | "others"> {
  const [fix = otherwise, ...others] = fixes;
  return others.length > 0 ? { fix, others } : { fix };
}

/** Makes a rule from a message's template and a function of what stands in its holes. */
export function rule<const T extends string>(definition: {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly message: T;
  readonly explain: (fields: Fields<T>, site: Site) => Explanation | undefined;
}): Rule {
  const read = template(definition.message);
  return {
    ...definition,
    explain(message, site) {
      const fields = read(message);
      return fields && definition.explain(fields, site);
    },
  };
}
