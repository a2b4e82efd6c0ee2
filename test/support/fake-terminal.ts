// A stream that says it is a terminal, with colours as Node finds them in the environment, and keeps what it is told.
import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";

export function fakeTerminal(columns = 80) {
  const stream = new PassThrough();
  const written: string[] = [];
  stream.on("data", (chunk: Buffer) => written.push(chunk.toString("utf8")));
  const { getColorDepth } = WriteStream.prototype;
  return {
    stream: Object.assign(stream, { isTTY: true, columns, getColorDepth }),
    text: () => written.join(""),
  };
}
