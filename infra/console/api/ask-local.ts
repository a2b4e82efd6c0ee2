// One question to something that runs on this machine: a listed path, JSON both ways, and never a key.
import { BackendUrlError, isLoopback } from "./backend-url.ts";
import { UnlistedDoorError } from "./listed-doors.ts";

type Json = Readonly<Record<string, unknown>>;

/** What runs on this machine did not answer as it does. */
export class LocalError extends Error {
  override readonly name: string = "LocalError";
}

/** A lever that could not be pulled now; the message is the answerer's own. */
export class LeverRefusedError extends LocalError {
  override readonly name = "LeverRefusedError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Question {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export type AskLocal = <Answer>(lever: string, question?: Question) => Promise<Answer>;

/** Throws a BackendUrlError for an address that is not this machine's. */
export function createAskLocal(url: string, levers: readonly string[]): AskLocal {
  if (!isLoopback(url)) throw new BackendUrlError("levers are pulled on this machine only");
  const listed = levers.map((lever) => new RegExp(`^${lever.replaceAll(/\{\w+\}/g, "[A-Za-z0-9_-]+")}$`));
  return async <Answer>(lever: string, { query = {}, body }: Question = {}): Promise<Answer> => {
    if (!listed.some((pattern) => pattern.test(lever)))
      throw new UnlistedDoorError(`the console pulls no lever ${lever}`);
    const [method = "", path = ""] = lever.split(" ");
    const asked = new URL(path, url);
    asked.search = new URLSearchParams(query).toString();
    const response = await fetch(asked, {
      method,
      redirect: "error",
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new LocalError(`nobody answers to ${lever}`, { cause });
    });
    if (response.ok) return (await response.json()) as Answer;
    throw await refusalOf(response, lever);
  };
}

async function refusalOf(response: Response, lever: string): Promise<LocalError> {
  const told = (await response.json().catch(() => null)) as { readonly error?: unknown } | null;
  return response.status < 500 && typeof told?.error === "string"
    ? new LeverRefusedError(response.status, told.error)
    : new LocalError(`${response.status} is the answer to ${lever}`);
}
