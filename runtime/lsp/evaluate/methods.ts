/** Methods of lists that leave them as they are. */
export const asking: ReadonlySet<string> = new Set(
  (
    "at concat entries every filter find findIndex findLast flat flatMap forEach includes indexOf join keys length map reduce slice some " +
    "toReversed toSorted values with"
  ).split(" "),
);

/** Methods of lists, sets and maps that change them. */
export const changing: ReadonlySet<string> = new Set(
  "add clear copyWithin delete fill pop push reverse set shift sort splice unshift".split(" "),
);
