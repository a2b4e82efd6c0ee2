// Sends the demo's requests and prints each with the answer that really came, shortened to what the story is
// about. It prints nothing that was not sent or received.
import type { Say } from "../words/say.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly location: string | null;
  readonly body: Json;
}

export interface Request {
  readonly method: string;
  readonly base: string;
  readonly path: string;
  readonly body?: Json;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Sender = "shop" | "buyer" | "portone";

/** A request that the timeline shows. */
interface ShownRequest extends Request {
  readonly from: Sender;
  /** Paths of the answer worth showing, as `order.state`; all of it when absent. */
  readonly show?: readonly string[];
  /** The same for the body that is sent. */
  readonly showSent?: readonly string[];
}

export type Print = (line: string) => void;

/** Tells the story, in the reader's language. */
export interface Teller {
  readonly print: Print;
  readonly say: Say;
}

/** Sends without printing. Rejects when there is no answer, or one that is neither empty nor JSON. */
export async function send({ method, base, path, body, key, headers }: Request): Promise<Reply> {
  const response = await fetch(`${base}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...headers,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    location: response.headers.get("location"),
    body: text === "" ? {} : (JSON.parse(text) as Json),
  };
}

/** Sends and prints: one line for the request, one for its answer. */
export async function exchange(teller: Teller, request: ShownRequest): Promise<Reply> {
  const reply = await send(request);
  const { from, method, path, body, show, showSent } = request;
  const answer = reply.location === null ? abridge(reply.body, show) : `Location: ${reply.location}`;
  printExchange(teller, from, {
    sent: `${method} ${path}${body === undefined ? "" : ` ${abridge(body, showSent)}`}`,
    answered: `${reply.status} ${answer}`,
  });
  return reply;
}

/** Nothing is padded behind a name: a Korean one is wider on a terminal than it is long. */
export function printExchange(
  { print, say }: Teller,
  from: Sender,
  { sent, answered }: { readonly sent: string; readonly answered: string },
): void {
  print(`   → ${say(`sender_${from}`)}: ${sent}`);
  print(`   ← ${answered}`);
}

/** JSON of the named paths only, with `…` where something was left out; of everything without names. */
export function abridge(value: unknown, paths?: readonly string[], at = ""): string {
  const isKept = paths === undefined || paths.includes(at);
  if (isKept || typeof value !== "object" || value === null || Array.isArray(value))
    return JSON.stringify(value);
  const parts: string[] = [];
  let isShortened = false;
  for (const [name, nested] of Object.entries(value)) {
    const path = at === "" ? name : `${at}.${name}`;
    if (paths.some((kept) => kept === path || kept.startsWith(`${path}.`)))
      parts.push(`${JSON.stringify(name)}:${abridge(nested, paths, path)}`);
    else isShortened = true;
  }
  return `{${[...parts, ...(isShortened ? ["…"] : [])].join(",")}}`;
}
