import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));

/** The examples of a folder, in the order to read them. */
const examplesOf = (path: string) =>
  readdirSync(folder + path)
    .filter((file) => file.endsWith(".ts") && file !== "options.ts")
    .sort()
    .map((file) => {
      const text = readFileSync(folder + path + file, "utf8").trim();
      // A program begins with what it is; a model's file, with imports.
      const [head = "", said = ""] = /^\/\*\*\n([\s\S]*?) \*\/\n+/.exec(text) ?? [];
      // Commands stand there with four spaces before them.
      const about = said
        .replaceAll(/^ \* ?/gm, "")
        .replaceAll(/(?:^ {4}.*\n)+/gm, (commands) => `\`\`\`sh\n${commands.replaceAll(/^ {4}/gm, "")}\`\`\`\n`);
      return { name: path + basename(file, ".ts"), about, program: text.slice(head.length) };
    });

const listed = ({ name, about }: { name: string; about: string }) => {
  const [sentence = ""] = /^[\s\S]*?\.(?=\s)/.exec(about) ?? [];
  return `- [${basename(name)}](/examples/${name})${sentence && `: ${sentence.replaceAll("\n", " ")}`}`;
};

/** The examples as pages, what each says of itself and the program, and one that lists them. */
export default {
  watch: ["../../examples/*.ts", "../../examples/models/*.ts"],
  paths: () => {
    const examples = examplesOf("");
    const models = examplesOf("models/");
    const list = [
      "# Examples\n\nEach is run by one command, which its page names, in the repository.\n",
      ...examples.map(listed),
      "\n## Published models\n\nFrom LeNet-5 to GPT-2, of generic blocks.\n",
      ...models.map(listed),
    ];
    return [
      { params: { example: "index" }, content: list.join("\n") },
      ...[...examples, ...models].map(({ name, about, program }) => ({
        params: { example: name },
        content: `# ${basename(name)}\n\n${about}\n\n\`\`\`ts\n${program}\n\`\`\`\n`,
      })),
    ];
  },
};
