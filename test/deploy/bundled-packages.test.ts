// What a cold start must not carry: bytes of packages that no function ever runs. Bundles built as tutorials build them
// hold each of these, so that none is looked for under a name it no longer has.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { expect, it } from "vitest";
import { projectDir } from "../support/house/sources.ts";

const unwanted = {
  "the credential chain": /@aws-sdk\/credential-provider-/,
  "the clients it calls": /@aws-sdk\/nested-clients\//,
  "endpoint discovery": /@aws-sdk\/(middleware-endpoint-discovery|endpoint-cache)\//,
  "its cache": /node_modules\/(mnemonist|obliterator)\//,
  "the trace's store": /@aws\/lambda-invoke-store\//,
  "zod's languages": /zod\/v4\/locales\/(?!index|en\.)/,
  undici: /node_modules\/undici\//,
};

const carried = (metafile: Metafile): readonly string[] =>
  Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);

const namesIn = (paths: readonly string[]): readonly string[] =>
  Object.entries(unwanted).flatMap(([name, pattern]) =>
    paths.some((path) => pattern.test(path)) ? [name] : [],
  );

it.each(readdirSync(join(projectDir, "dist")))("%s carries nothing it never runs", (name) => {
  const metafile = JSON.parse(readFileSync(join(projectDir, "dist", name, "meta.json"), "utf8")) as Metafile;
  // deliver alone has no table.
  expect(carried(metafile).length).toBeGreaterThan(name === "deliver" ? 50 : 100);
  expect(namesIn(carried(metafile))).toEqual([]);
});

it("a bundle as tutorials build it carries each", async () => {
  const contents = `export * from "@aws-sdk/client-dynamodb"; export { z } from "zod"; export * from "undici";`;
  const { metafile } = await build({
    stdin: { contents, resolveDir: projectDir },
    absWorkingDir: projectDir,
    bundle: true,
    platform: "node",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  expect(namesIn(carried(metafile))).toEqual(Object.keys(unwanted));
});
