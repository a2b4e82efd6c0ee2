// One request as the fuzz sends it: over the gateway byte for byte, or handed to a function by Lambda's Invoke.
import type { Json } from "../world.ts";

export type Header = readonly [name: string, value: string];

/** Nothing is wrong with it yet. */
export type RealRequest = OverHttp | Direct;

export interface OverHttp {
  readonly kind: "http";
  /** Its route key. */
  readonly door: string;
  readonly method: string;
  /** Undecoded, one segment each. */
  readonly segments: readonly string[];
  readonly query: string;
  readonly headers: readonly Header[];
  /** Null for none. */
  readonly fields: Json | null;
}

export interface Direct {
  readonly kind: "direct";
  readonly door: string;
  readonly functionName: string;
  readonly event: unknown;
}

/** What goes over the wire. */
export type WireRequest =
  | {
      readonly kind: "http";
      readonly door: string;
      readonly method: string;
      readonly target: string;
      readonly headers: readonly Header[];
      readonly body: Buffer | null;
    }
  | Direct;

export interface Exchange {
  readonly request: WireRequest;
  /** Of a direct invocation, the status in its answer; 0 where there is none. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The invocation itself failed. */
  readonly isFailed: boolean;
  /** What the functions wrote meanwhile. */
  readonly lines: readonly string[];
}

const mostShown = 400;

/** For a person: what was asked, on one line. */
export function describeRequest(request: WireRequest): string {
  if (request.kind === "direct")
    return `${request.functionName} ${shorten(JSON.stringify(request.event) ?? "")}`;
  const { method, target, headers, body } = request;
  const shown = headers.map(([name, value]) => `${name}: ${shorten(value, 60)}`).join("; ");
  return `${method} ${shorten(target)} [${shown}] ${shorten(body?.toString("utf8") ?? "")}`;
}

export const shorten = (text: string, most = mostShown): string =>
  text.length <= most ? text : `${text.slice(0, most)}… (${text.length})`;
