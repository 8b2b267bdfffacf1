import { ts } from "ts-morph";
import { arithmetic } from "./arithmetic.js";
import { chainOf, chainToLayer, layerName, operandsOf } from "./chain.js";
import type { Chain, Explained, Finding, Place } from "./finding.js";
import { isSaidTwice } from "./isSaidTwice.js";
import { type OpenedProgram, openPrograms } from "./open-program.js";
import { quotedIn } from "./quoted.js";
import type { Reading } from "./reading.js";
import { declaredRules } from "./rules/declared.js";
import { rules } from "./rules/index.js";
import { nodeRules } from "./rules/nodeRules.js";
import type { Explanation } from "./rules/rule.js";
import { sequentialShapesIn } from "./sequential-shapes.js";
import { isTensor } from "./shapes.js";
import { innermostAt, layerNumber, nodeAt, type Site, siteOf, siteOfOverloads } from "./site.js";

/** Type-checks files, and explains what is wrong with shapes, dtypes and data. In the order of the files. */
export function checkFiles(files: readonly string[]): Finding[] {
  return findingsOf(openPrograms(files), files);
}

/** What is wrong in files that are opened, in the order of the files. */
export function findingsOf(opened: readonly OpenedProgram[], files: readonly string[]): Finding[] {
  const found = opened.flatMap((one) => [...findingsIn(one)]);
  const order = new Map(files.map((file, i) => [file, i]));
  const place = ({ place }: Finding) => order.get(place.file) ?? -1;
  return found.sort((a, b) => place(a) - place(b) || a.place.start - b.place.start);
}

/** What is wrong in files, one mistake after another: each is explained when it is asked for. */
export function* findingsIn(opened: OpenedProgram): Generator<Finding> {
  const { program, files, configErrors } = opened;
  const reading: Reading = { checker: program.getTypeChecker(), sequentialShapes: sequentialShapesIn(opened) };
  const ofFiles = files.flatMap((name) => {
    const file = program.getSourceFile(name)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  const all = [...configErrors, ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...ofFiles];
  for (const diagnostic of all) {
    if (diagnostic.category !== ts.DiagnosticCategory.Error || isSaidTwice(diagnostic, reading, all)) continue;
    yield findingOf(diagnostic, reading);
  }
}

function findingOf(diagnostic: ts.Diagnostic, reading: Reading): Finding {
  const place = placeOf(diagnostic);
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const plain = { rule: `TS${diagnostic.code}`, place, message: text };
  const { file, start, length } = diagnostic;
  if (!file || start === undefined || length === undefined) return plain;
  const at = nodeAt(file, start, start + length);
  const site = siteOf(reading, file, start, length) ?? siteOfOverloads(reading, at, text);
  for (const message of site ? quotedIn(text) : []) {
    for (const rule of rules) {
      const explanation = rule.explain(message, site!);
      if (explanation) return { rule: rule.id, place, message, explained: explained(rule.title, explanation, site) };
    }
  }
  const node = at ?? innermostAt(file, start);
  for (const rule of node ? nodeRules : []) {
    const explanation = rule.codes.includes(diagnostic.code) ? rule.explain(node!, reading) : undefined;
    if (explanation) return { ...plain, rule: rule.id, explained: explained(rule.title, explanation, undefined) };
  }
  for (const rule of site ? declaredRules : []) {
    const explanation = rule.explain(diagnostic, site!);
    if (explanation) return { ...plain, rule: rule.id, explained: explained(rule.title, explanation, site) };
  }
  return plain;
}

function explained(
  ofRule: string,
  { title = ofRule, what, fix, others, cause, chains }: Explanation,
  site: Site | undefined,
): Explained {
  const shown = (chains ?? (site ? chainsTo(site) : [])).filter(({ steps }) => steps.length > 0);
  return { title, what, fix, ...(others && { others }), ...(cause && { cause: placeInFile(cause) }), chains: shown };
}

const placeInFile = (node: ts.Node) => `${node.getSourceFile().fileName}:${node.pos}`;

/** The shapes that led to the operands of the call, or to the layer, where the mistake is. */
function chainsTo(site: Site): Chain[] {
  const layer = layerNumber(site);
  if (layer !== undefined) {
    const { steps } = chainToLayer(site, site.call, layer);
    const how = arithmetic(site.argument, steps.at(-1)?.shape, undefined);
    const refused = { name: layerName(site, site.argument), wrong: true };
    return [{ steps: [...steps, how === undefined ? refused : { ...refused, arithmetic: how }] }];
  }
  // An option that is a tensor, too: a mask is not among the operands.
  const operands = [
    ...operandsOf(site.checker, site.call),
    ...(isTensor(site.checker, site.argument) ? [site.argument] : []),
  ];
  const chains = new Map(operands.map((operand) => [operand.getText(), operand]));
  return [...chains.values()].map((operand) => chainOf(site, operand));
}

function placeOf({ file, start = 0, length = 0 }: ts.Diagnostic): Place {
  if (!file) return { file: "", start: 0, end: 0, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(start + length);
  return {
    file: file.fileName,
    start,
    end: start + length,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
