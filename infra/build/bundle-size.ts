// What a bundle weighs and whose bytes they are, from esbuild's metafile: a cold start pays for every one.
import { gzipSync } from "node:zlib";
import type { Metafile } from "esbuild";

export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Bytes that came from this repository; the rest are dependencies and esbuild's own glue. */
  readonly ownBytes: number;
}

export function sizeOf(name: string, contents: Uint8Array, metafile: Metafile): BundleSize {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const ownBytes = inputs
    .filter(([path]) => !path.includes("node_modules/"))
    .reduce((sum, [, input]) => sum + input.bytesInOutput, 0);
  return { name, bytes: contents.length, gzipBytes: gzipSync(contents, { level: 9 }).length, ownBytes };
}

/** One aligned line, for the build's output. */
export const describeSize = ({ name, bytes, gzipBytes, ownBytes }: BundleSize): string =>
  `${name.padEnd(12)} ${group(bytes).padStart(9)} B  gzip ${group(gzipBytes).padStart(7)} B  own code ${group(ownBytes).padStart(7)} B`;

const group = (count: number): string => count.toLocaleString("en-US");
