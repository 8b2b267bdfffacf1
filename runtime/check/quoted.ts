/**
 * The string literal types, and the templates, that stand in a compiler's message. Our messages come as such, `Tensor<…> & "dot: …"`, and
 * TypeScript writes them as JSON does. They are read from the text, because an overload that did not fit has no resolved
 * parameter whose type could be asked for.
 */
export function quotedIn(text: string): string[] {
  return [...literalsIn(text), ...templatesIn(text)];
}

/** Of a message about sizes that are type parameters, `dot: [${B}, ${N}] · …`, these stand in the text by their names, and what is calculated from them as it is. */
function templatesIn(text: string): string[] {
  const templates = text.matchAll(/`((?:[^`\\\n$]|\$\{[^{}`]+\})*)`/g);
  return [...templates].map(([, template]) => template!.replaceAll(/\$\{([^{}`]+)\}/g, "$1"));
}

function literalsIn(text: string): string[] {
  return [...text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)].flatMap(([quoted]) => {
    try {
      return [JSON.parse(quoted) as string];
    } catch {
      // "\0" or "\v", which JSON has not, or what stands between the quotes of two texts: none of our messages.
      return [];
    }
  });
}
