/** What `shapewright check` finds in files, before it is printed in one format or another. */

/** A text that replaces a part of a file. Offsets count UTF-16 units, as TypeScript's do. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where the edit is to what a file imports from the language: the name that it adds, or "" where it takes one away. */
  readonly imports?: string;
  /** The module that it is imported from, where that is not the language. */
  readonly from?: string;
}

/** What to write instead: in words, and as edits where they follow from the code. */
export interface Fix {
  readonly words: string;
  readonly edits: readonly Edit[];
  /** Whether the edits are of a name that is only like what stands there, and may mean something else: `check --fix` leaves them to people. */
  readonly isGuess?: boolean;
  /** What the call, or the model of a session, gives once it is made: `[batch, 10]`. Only where there are several fixes. */
  readonly gives?: string;
}

/** A value on the way to a mistake, with its shape as the types tell it. */
export interface Step {
  /** As a person would name it: `image`, `dense(units: 128)`. */
  readonly name: string;
  /** `[batch, 28, 28]`, `int32 [batch]`; absent where the types tell none. */
  readonly shape?: string;
  /** How its sizes follow from those before: `(16 − 3)/1 + 1 = 14`. */
  readonly arithmetic?: string;
  /** Whether this is what does not take the shape before it. */
  readonly wrong?: boolean;
}

/** The shapes that led to one value. */
export interface Chain {
  /** What the last one is to the mistake: `the targets`. Absent where its name says enough. */
  readonly label?: string;
  readonly steps: readonly Step[];
}

/** A place in a file. Lines and columns count from 1; the end is the first column behind it. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One mistake. */
export interface Finding {
  /** A rule's id, such as `dot-axes`, or TypeScript's own code, such as `TS2304`. */
  readonly rule: string;
  readonly place: Place;
  /** As the types say it, or TypeScript. */
  readonly message: string;
  /** Only mistakes of shape, dtype and data are explained; what else TypeScript finds is reported as it says it. */
  readonly explained?: Explained;
}

/** A mistake as a person would put it. */
export interface Explained {
  /** Where it comes from, if many places have it of one: it is said of the first. */
  readonly cause?: string;
  /** The rule's title: what kind of mistake it is, in a few words. */
  readonly title: string;
  /** What is wrong here: the op and both shapes. */
  readonly what: string;
  readonly chains: readonly Chain[];
  /** What is most likely meant. */
  readonly fix: Fix;
  /** What else may be meant, the likeliest first. */
  readonly others?: readonly Fix[];
}
