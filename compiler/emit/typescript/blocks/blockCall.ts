import { filledLines, lineWidth } from "../layout.js";

/** An argument, or the entries of an object that is one. */
export type Argument = string | readonly string[];

/** A call of a block's function: on one line where it fits; else with as many arguments in a line as it holds, objects on lines of their own. */
export function blockCall(before: string, name: string, given: readonly Argument[]): string[] {
  const line = `  ${before}${name}(${given.map(argumentText).join(", ")});`;
  if (line.length <= lineWidth) return [line];
  const lines: string[] = [];
  let waiting: string[] = [];
  const write = () => {
    if (waiting.length > 0) lines.push(...filledLines(waiting, "    "));
    waiting = [];
  };
  for (const argument of given) {
    if (typeof argument === "string") waiting.push(argument);
    else {
      write();
      lines.push("    {", ...filledLines(argument, "      "), "    },");
    }
  }
  write();
  return [`  ${before}${name}(`, ...lines, "  );"];
}

function argumentText(argument: Argument): string {
  return typeof argument === "string" ? argument : `{ ${argument.join(", ")} }`;
}
