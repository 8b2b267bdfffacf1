/** Lines that stand in a log before and after the step that counts. */
export const marks = { begin: "shapewright: the step begins", end: "shapewright: the step has ended" } as const;
