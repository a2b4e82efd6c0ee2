// What a process writes, and what stands in the files of a table, is heard.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { bytesIn, listenToOutput } from "./overhearing.ts";

it("hears both streams until it ends, and lets what is written through", () => {
  const streams = [process.stdout, process.stderr];
  const through: string[] = [];
  const real = streams.map((stream) => stream.write);
  onTestFinished(() => {
    for (const [index, stream] of streams.entries()) stream.write = real[index] as typeof stream.write;
  });
  for (const stream of streams)
    stream.write = ((text: string | Uint8Array) => through.push(String(text)) > 0) as typeof stream.write;
  const output = listenToOutput();
  process.stdout.write("영수증 ");
  process.stderr.write(Buffer.from("발행"));
  output.end();
  process.stdout.write("나중");
  expect(output.text()).toBe("영수증 발행");
  expect(through).toEqual(["영수증 ", expect.any(String), "나중"]);
});

it("reads every file of a folder, whatever its bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "overheard-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "table.db"), Buffer.from([0xff, 0, 0x30, 0x31, 0x30]));
  writeFileSync(join(folder, "table.db-wal"), "01012345678");
  expect(bytesIn(folder)).toBe("\xff\x00010\n01012345678");
});
