import { fill } from "../types/message.js";
import { showName } from "./checkName.js";
import { ShapewrightError } from "./errors.js";
import { givenInWords } from "./givenInWords.js";
import { inWords, isPlain } from "./inWords.js";
import { isCallable } from "./isCallable.js";
import { nearest } from "./nearest.js";
import { isTensor } from "./node.js";
import { otherCall } from "./otherCall.js";
import { overflow, overflowsFloat32 } from "./overflow.js";

export const notTaken = "{op}: {option} is {given}, but must be {takes}";

/** What an option may be, in words and as a test. */
export interface OptionRule {
  /** After "must be": "a positive integer". */
  readonly takes: string;
  readonly accepts: (value: unknown) => boolean;
  /** What each of a list may be: where one is not, it is told by its place. */
  readonly each?: OptionRule;
  /** What each of a record may be: where one is not, it is told by its name. */
  readonly eachNamed?: OptionRule;
  /** Whether it has to be given. */
  readonly required?: true;
  /** Whether it is computed with as float32, so that what it rounds to has to be accepted, too. */
  readonly rounded?: true;
}

/** A rule for each option that there is, and for no other. */
export type OptionRules<Options extends object> = { readonly [Name in keyof Options]-?: OptionRule };

/**
 * Checks options as an untyped program may give them.
 *
 * @throws SW_VALUE naming the option that is none, is missing or has a value that it does not take
 */
export function checkOptions<Options extends object>(op: string, options: Options, rules: OptionRules<Options>): void {
  const refuse = (fault: string) => new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
  if (!aRecord.accepts(options) || isTensor(options) || ArrayBuffer.isView(options)) {
    throw refuse(`options are given as a record, got ${given(options)}${instead(options, rules)}`);
  }
  const names = Object.keys(rules) as (keyof Options & string)[];
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(rules, name)) continue;
    throw refuse(`no option is named ${showName(name)}; ${inPlaceOf(op, name, names)}`);
  }
  for (const name of names) checkOption(op, name, options[name], rules[name]);
}

/** What may be meant by a name that is no option's: another call's option, or one of these. */
function inPlaceOf(op: string, name: string, names: readonly string[]): string {
  const other = otherCall(op, name);
  if (other && !names.includes(other.name)) return `${other.name} is an option of ${other.call}`;
  const meant = nearest(name, names);
  return meant ? `did you mean "${meant}"?` : `there are ${names.join(", ")}`;
}

/** What was given, in words: a tensor is a record, too, but not one of options. Of a list that is short, what is in it. */
function given(value: unknown): string {
  if (Array.isArray(value) && value.length <= 6 && value.every(isPrimitive))
    return `[${value.map(inWords).join(", ")}]`;
  return givenInWords(value);
}

function isPrimitive(value: unknown): boolean {
  return Object(value) !== value;
}

/** The record that a number is meant as, such as `dense(10)`: with the first option that has to be given, or the first that takes it. */
function instead(value: unknown, rules: Readonly<Record<string, OptionRule>>): string {
  if (typeof value !== "number") return "";
  const names = Object.keys(rules).filter((name) => rules[name] !== anything && rules[name]!.accepts(value));
  const meant = names.find((name) => rules[name]!.required) ?? names[0];
  return meant ? `; write { ${meant}: ${inWords(value)} }` : "";
}

/** The same of one value, which may be an argument of its own. Numbers become float32, where what is finite has to stay so. */
export function checkOption(op: string, name: string, value: unknown, rule: OptionRule): void {
  const { takes, accepts, each, eachNamed, required, rounded } = rule;
  if (value === undefined && !required) return;
  const refuse = (found: string, wanted = takes) =>
    new ShapewrightError("SW_VALUE", fill(notTaken, { op, option: name, given: found, takes: wanted }), op);
  if (!accepts(value)) {
    const wrong = each && Array.isArray(value) ? Array.from(value).findIndex((one) => !each.accepts(one)) : -1;
    if (wrong >= 0) checkOption(op, `${name}[${wrong}]`, (value as unknown[])[wrong], { ...each!, required: true });
    if (eachNamed && aRecord.accepts(value)) {
      for (const [key, one] of Object.entries(value as object))
        checkOption(op, `${name}[${inWords(key)}]`, one, { ...eachNamed, required: true });
    }
    const isInside = aRecord.accepts(value) && Object.hasOwn(value as object, name);
    throw isInside ? refuse("given in a record", `${takes}, by itself`) : refuse(given(value));
  }
  const float = rounded && typeof value === "number" ? Math.fround(value) : undefined;
  if (float !== undefined && !accepts(float)) throw refuse(`${inWords(value)}, which is ${float} in float32`);
  const tooLarge = (Array.isArray(value) ? value : [value]).find(overflowsFloat32);
  if (tooLarge !== undefined) throw new ShapewrightError("SW_VALUE", `${op}: ${name} ${overflow(tooLarge)}`, op);
}

/** An option that has to be given. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true };
}

/** Any number at all, infinite ones and NaN too: of those of which more is said elsewhere. */
export const aNumber: OptionRule = { takes: "a number", accepts: (value) => typeof value === "number" };

/** A number that float32 has, but for rounding, infinite ones and NaN among them. */
export const float32: OptionRule = {
  takes: "a number of float32 (-3.4e38 to 3.4e38)",
  accepts: (value) => aNumber.accepts(value) && !overflowsFloat32(value),
};

export const int32 = {
  takes: "an integer of int32",
  accepts: (value) => typeof value === "number" && value === (value | 0),
} as const satisfies OptionRule;

export const positiveInt32 = {
  takes: "a positive integer of int32",
  accepts: (value) => int32.accepts(value) && (value as number) > 0,
} as const satisfies OptionRule;

/** Whether there is such an axis is said elsewhere. */
export const axisRule: OptionRule = { ...aNumber, takes: "the number of an axis" };

/** One axis or several. */
export const axesRule: OptionRule = {
  takes: "the number of an axis, or a list of them",
  accepts: (value) => aNumber.accepts(value) || listOf(aNumber).accepts(value),
};

/** A number of things: 1, 2, 3, … */
export const count = {
  takes: "a positive integer",
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
} as const satisfies OptionRule;

/** A number of places with one in the middle: 1, 3, 5, … */
export const oddCount = {
  takes: "a positive odd integer",
  accepts: (value) => count.accepts(value) && (value as number) % 2 === 1,
} as const satisfies OptionRule;

/** A number of several things: 2, 3, … */
export const fromTwo = {
  takes: "an integer from 2 on",
  accepts: (value) => count.accepts(value) && value !== 1,
} as const satisfies OptionRule;

/** Into how many groups something is divided. */
export const groupCount = {
  takes: "a positive integer, or -1 for a group of each channel",
  accepts: (value) => count.accepts(value) || value === -1,
} as const satisfies OptionRule;

/** A number of things, none among them: 0, 1, 2, … */
export const natural = {
  takes: "an integer from 0",
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
} as const satisfies OptionRule;

export const integer = {
  takes: "an integer between -2^53 and 2^53",
  accepts: Number.isSafeInteger,
} as const satisfies OptionRule;

/** An integer between two, both of which are taken. */
export function integerIn(least: number, most: number): OptionRule {
  return {
    takes: `an integer from ${least} to ${most}`,
    accepts: (value) => integer.accepts(value) && (value as number) >= least && (value as number) <= most,
  };
}

/** How many of 8 bits. */
export const bitCount = {
  takes: "an integer from 1 to 8",
  accepts: (value) => integerIn(1, 8).accepts(value),
} as const satisfies OptionRule;

export const flag: OptionRule = { takes: "true or false", accepts: (value) => typeof value === "boolean" };

export const text: OptionRule = {
  takes: "a text that is not empty",
  accepts: (value) => typeof value === "string" && value !== "",
};

/** Any text: of those of which more is said elsewhere. */
export const anyText: OptionRule = { takes: "a text", accepts: (value) => typeof value === "string" };

export const callback: OptionRule = { takes: "a function", accepts: isCallable };

/** A number that is positive as float32, too: 1e-50 would become 0. */
export const positive = {
  takes: "a positive number of float32",
  accepts: (value) => typeof value === "number" && Math.fround(value) > 0 && value < Infinity,
} as const satisfies OptionRule;

/** A number from `low` up to `high`, which itself is not included, nor is what float32 rounds to it. */
export function range(low: number, high: number): OptionRule {
  return {
    takes: `a number in [${low}, ${high})`,
    ...(high < Infinity && { rounded: true }),
    accepts: (value) => typeof value === "number" && value >= low && value < high,
  };
}

/** A number from 0. */
export const notNegative = {
  takes: "a number in [0, Infinity)",
  accepts: (value) => typeof value === "number" && value >= 0 && value < Infinity,
} as const satisfies OptionRule;

export const notNegativeOrNull = {
  takes: "a number in [0, Infinity) or null",
  accepts: (value) => value === null || notNegative.accepts(value),
} as const satisfies OptionRule;

const isFromZero = (value: unknown) => float32.accepts(value) && (value as number) >= 0;

export const notNegativeOrList = {
  takes: "a number from 0, or a list of such",
  accepts: (value) => isFromZero(value) || listOf({ takes: "a number from 0", accepts: isFromZero }).accepts(value),
} as const satisfies OptionRule;

export const upToZero = {
  takes: "a number up to 0",
  accepts: (value) => Number.isFinite(value) && (value as number) <= 0,
} as const satisfies OptionRule;

export const fromOne = {
  takes: "a number from 1 on",
  accepts: (value) => Number.isFinite(value) && (value as number) >= 1,
} as const satisfies OptionRule;

/** Where numbers lie: a lower bound, and an upper one. */
export const ascending: OptionRule = {
  takes: "two numbers of float32, the first less than the second",
  accepts: (value) => listOf(float32).accepts(value) && isAscending(value as readonly number[]),
};

function isAscending({ length, 0: low, 1: high }: readonly number[]): boolean {
  return length === 2 && Number.isFinite(low) && Number.isFinite(high) && Math.fround(low!) < Math.fround(high!);
}

/** A share of what is dropped, or kept. */
export const rate = {
  takes: "a number in [0, 1)",
  rounded: true,
  accepts: (value) => typeof value === "number" && value >= 0 && value < 1,
} as const satisfies OptionRule;

/** A share that is neither nothing nor all. */
export const between = {
  takes: "a number between 0 and 1",
  rounded: true,
  accepts: (value) => typeof value === "number" && value > 0 && value < 1,
} as const satisfies OptionRule;

/** A share that may be all, such as a probability. */
export const probability = {
  takes: "a number from 0 to 1",
  accepts: (value) => typeof value === "number" && value >= 0 && value <= 1,
} as const satisfies OptionRule;

/** A share that may be all, but not nothing. */
export const someShare = {
  takes: "a number above 0, up to 1",
  accepts: (value) => typeof value === "number" && value > 0 && value <= 1,
} as const satisfies OptionRule;

/** A share in one direction or the other. */
export const signedShare = {
  takes: "a number from -1 to 1",
  accepts: (value) => typeof value === "number" && value >= -1 && value <= 1,
} as const satisfies OptionRule;

/** A share in hundredths. */
export const percentage = {
  takes: "a number from 0 to 100",
  accepts: (value) => typeof value === "number" && value >= 0 && value <= 100,
} as const satisfies OptionRule;

/** A tensor, whatever it is of. */
export const aTensor: OptionRule = { takes: "a tensor", accepts: isTensor };

/** Anything at all: of options that are looked at elsewhere, where more can be said of them. */
export const anything: OptionRule = { takes: "anything", accepts: () => true };

/** One of some words, or numbers. */
export function oneOf(words: readonly (string | number)[]): OptionRule {
  const quoted = words.map((word) => (typeof word === "string" ? `"${word}"` : String(word)));
  return {
    takes: `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`,
    accepts: (value) => words.some((word) => word === value),
  };
}

/** A record that has functions of some names, such as an optimizer. */
export function having(takes: string, ...methods: readonly string[]): OptionRule {
  return {
    takes,
    accepts: (value) =>
      isObject(value) && methods.every((method) => isCallable((value as Readonly<Record<string, unknown>>)[method])),
  };
}

/** A record, and not a list. What has nothing of its own, as a Promise or a Map, would be read as a record of nothing. */
export const aRecord: OptionRule = {
  takes: "a record",
  accepts: (value) => isObject(value) && (Object.keys(value).length > 0 || isPlain(value)),
};

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of what a rule takes, which a hole is looked at by, too: as undefined. */
export function listOf({ takes, accepts }: OptionRule): OptionRule {
  return { takes, accepts: (value) => Array.isArray(value) && Array.from(value).every(accepts) };
}
