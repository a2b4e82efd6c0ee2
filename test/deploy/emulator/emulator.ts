// AWS on this machine: moto_server behind a small proxy. The proxy leaves out of each template what moto cannot make
// and answers ValidateTemplate itself, because moto's check takes warnings for errors.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { localRegion } from "../../../infra/local/host/template.ts";
import { endChild, hasEnded } from "../../../infra/local/processes/end-child.ts";
import { findFreePort } from "../../../infra/local/processes/free-port.ts";
import { describeLeftOut, filterTemplate, type Template } from "./template-filter.ts";

export interface Emulator {
  /** Where AWS's clients are sent. */
  readonly url: string;
  /** One line for each template that was filtered. */
  readonly filtered: readonly string[];
  close(): Promise<void>;
}

export const hasMoto = (): boolean => spawnSync("moto_server", ["--help"], { stdio: "ignore" }).status === 0;

export async function startEmulator(): Promise<Emulator> {
  const port = await findFreePort(0);
  const moto = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const motoUrl = `http://127.0.0.1:${port}`;
  await untilItAnswers(motoUrl, moto);
  const filtered: string[] = [];
  const server = http.createServer((request, response) => {
    passOn(request, response, motoUrl, filtered).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    filtered,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await endChild(moto);
    },
  };
}

/** By its scope alone moto tells which service is meant. */
export const credentialFor = (service: string): Readonly<Record<string, string>> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${localRegion}/${service}/aws4_request`,
});

const lookEveryMs = 50;

async function untilItAnswers(url: string, moto: ChildProcess): Promise<void> {
  for (;;) {
    if (hasEnded(moto)) throw new Error("moto_server ended before it answered");
    const answer = await fetch(`${url}/moto-api/`).catch(() => null);
    if (answer?.ok) return;
    await sleep(lookEveryMs);
  }
}

const validated =
  '<ValidateTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">' +
  "<ValidateTemplateResult/></ValidateTemplateResponse>";

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  motoUrl: string,
  filtered: string[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  let body = Buffer.concat(chunks);
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const fields = isForm ? new URLSearchParams(body.toString("utf8")) : null;
  if (fields?.get("Action") === "ValidateTemplate") {
    response.writeHead(200, { "content-type": "text/xml" }).end(validated);
    return;
  }
  if (fields?.has("TemplateURL")) {
    body = Buffer.from((await withFilteredBody(fields, motoUrl, filtered)).toString());
  }
  const { host: _, connection: __, ...headers } = request.headers;
  const passed = http.request(`${motoUrl}${request.url}`, {
    method: request.method ?? "GET",
    headers: { ...headers, "content-length": body.length },
  });
  passed.on("error", () => response.destroy());
  passed.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.end(body);
}

async function withFilteredBody(fields: URLSearchParams, motoUrl: string, filtered: string[]) {
  const { pathname } = new URL(fields.get("TemplateURL") ?? "");
  const stored = await fetch(`${motoUrl}${pathname}`, { headers: credentialFor("s3") });
  if (!stored.ok) throw new Error(`the emulator has no ${pathname}: ${stored.status}`);
  const result = filterTemplate((await stored.json()) as Template);
  const said = describeLeftOut(result);
  if (filtered.at(-1) !== said) filtered.push(said);
  const changed = new URLSearchParams(fields);
  changed.delete("TemplateURL");
  changed.set("TemplateBody", JSON.stringify(result.template));
  return changed;
}
