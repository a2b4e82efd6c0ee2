// The project's own sources, as the rules of the house look at them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const projectDir = join(import.meta.dirname, "../../..");
const folders = ["functions", "lib", "infra", "test"];

export const files: readonly SourceFile[] = folders.flatMap((folder) =>
  readdirSync(join(projectDir, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes("node_modules"))
    .map((name) => ({
      path: join(folder, name),
      text: readFileSync(join(projectDir, folder, name), "utf8"),
    })),
);

export const readProject = (path: string): string | null => {
  const full = join(projectDir, path);
  if (!existsSync(full)) return null;
  return path.endsWith(".ts") ? readFileSync(full, "utf8") : "";
};

/** What a file imports: a path within the project, or a package's name. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const found = text.matchAll(
    /^(?:import|export)\s[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|import\("([^"]+)"\)/gm,
  );
  return [...found].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? "";
    return specifier.startsWith(".") ? normalize(join(path, "..", specifier)) : specifier;
  });
}

export const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
