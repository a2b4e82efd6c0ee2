// Writes lib/client/doors.ts, the client's types, from docs/openapi.json: `npm run client-types`. With `-- --check` it only
// says whether they are what it would write. The file's first line says of which document it is, so that a test sees a stale
// one without the generator.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseOptions, readOrExit } from "./command-line.ts";

const projectDir = join(import.meta.dirname, "../..");
const documentFile = join(projectDir, "docs/openapi.json");
export const typesFile = join(projectDir, "lib/client/doors.ts");

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What the document says, whatever its lines look like, and what was made of it. */
const firstLineOf = (document: string, types: string): string =>
  `// Written by \`npm run client-types\`; do not edit. sha256 of docs/openapi.json ${digestOf(document)}, of what follows ${digestOf(types)}`;

const withFirstLine = (document: string, types: string): string =>
  `${firstLineOf(document, types)}\n${types}`;

/** Whether the types were written from this document and nobody touched them since. */
export const isWrittenFrom = (document: string, written: string): boolean =>
  written === withFirstLine(document, written.slice(written.indexOf("\n") + 1));

export const readDocument = (): string => readFileSync(documentFile, "utf8");

function generate(): string {
  const folder = join(import.meta.dirname, "client-types");
  // A field with a default may be left out of a request.
  const options = [documentFile, "--default-non-nullable=false"];
  const generator = join(folder, "node_modules/openapi-typescript/bin/cli.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [generator, ...options], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 16_000_000,
  });
  if (status !== 0) throw new Error(`openapi-typescript failed: ${stderr}`);
  return withFirstLine(readDocument(), stdout);
}

if (process.argv[1] === import.meta.filename) {
  const options = readOrExit("usage: npm run client-types [-- --check]", (args) => {
    const values = parseOptions(args, { check: { type: "boolean" }, help: { type: "boolean", short: "h" } });
    return values.help ? null : values;
  });
  const generated = generate();
  if (!options.check) writeFileSync(typesFile, generated);
  else if (readFileSync(typesFile, "utf8") !== generated) {
    console.error("lib/client/doors.ts is not what docs/openapi.json says: npm run client-types");
    process.exit(1);
  }
}
