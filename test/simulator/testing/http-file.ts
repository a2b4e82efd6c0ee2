// Reads and plays `.http` files as editors do (VS Code's REST Client, JetBrains): blocks between `###`, `@name = value`,
// `{{name}}`, and `{{request.response.body.$.path}}` of a request named by `# @name`. What an answer must be stands in
// a comment of ours, `# expects 200 {"code":0}` or `# expects no answer`, which editors skip.

export interface HttpRequest {
  readonly title: string;
  readonly name: string | null;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly expects: Expectation;
}

export type Expectation =
  | { readonly kind: "no_answer" }
  /** The body holds at least this. */
  | { readonly kind: "answer"; readonly status: number; readonly body: unknown };

export interface HttpFile {
  readonly variables: Readonly<Record<string, string>>;
  readonly requests: readonly HttpRequest[];
}

/** Throws an Error that names the block it cannot read, or that expects nothing. */
export function parseHttpFile(text: string): HttpFile {
  const [head = "", ...blocks] = text.split(/^###/m);
  const variables = Object.fromEntries(
    [...head.matchAll(/^@(\w+) *= *(.*)$/gm)].map(([, name = "", value = ""]) => [name, value.trim()]),
  );
  return { variables, requests: blocks.map(parseBlock) };
}

function parseBlock(block: string): HttpRequest {
  const [first = "", ...lines] = block.split("\n");
  const title = first.trim();
  const isComment = (line: string) => line.startsWith("#");
  const comments = lines.filter(isComment);
  const rest = lines
    .filter((line) => !isComment(line))
    .join("\n")
    .trim();
  const [head = "", ...body] = rest.split("\n\n");
  const [request = "", ...headerLines] = head.split("\n");
  const [, method, url] = /^(GET|POST|PUT|DELETE) (\S+)$/.exec(request) ?? [];
  if (method === undefined || url === undefined) throw new Error(`${title}: no request in '${request}'`);
  return {
    title,
    method,
    url,
    name: find(comments, /^# @name (\w+)$/),
    headers: Object.fromEntries(headerLines.map((line) => parseHeader(title, line))),
    body: body.length === 0 ? null : body.join("\n\n"),
    expects: parseExpectation(title, find(comments, /^# expects (.+)$/)),
  };
}

const find = (lines: readonly string[], pattern: RegExp): string | null =>
  lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])[0] ?? null;

function parseHeader(title: string, line: string): readonly [string, string] {
  const [, name, value] = /^([\w-]+): (.+)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`${title}: no header '${line}'`);
  return [name, value];
}

function parseExpectation(title: string, text: string | null): Expectation {
  if (text === "no answer") return { kind: "no_answer" };
  const [, status, body] = /^(\d{3})(?: (.+))?$/.exec(text ?? "") ?? [];
  if (status === undefined) throw new Error(`${title}: expects nothing`);
  return { kind: "answer", status: Number(status), body: body === undefined ? {} : JSON.parse(body) };
}

export interface Played {
  readonly title: string;
  readonly expects: Expectation;
  /** Null when none came. */
  readonly answer: { readonly status: number; readonly body: unknown } | null;
}

/** Sends the requests one after the other, with the given variables in place of the file's. */
export async function playHttpFile(
  { variables, requests }: HttpFile,
  given: Readonly<Record<string, string>>,
): Promise<readonly Played[]> {
  const answers = new Map<string, unknown>();
  const fill = (text: string): string =>
    text.replaceAll(/\{\{(.+?)\}\}/g, (_, name: string) => {
      const [, request = "", path = ""] = /^(\w+)\.response\.body\.\$\.(.+)$/.exec(name) ?? [];
      const value =
        request === "" ? ({ ...variables, ...given }[name] ?? null) : valueAt(answers.get(request), path);
      if (value === null || value === undefined) throw new Error(`nothing is known of {{${name}}}`);
      return String(value);
    });
  const played: Played[] = [];
  for (const { title, name, method, url, headers, body, expects } of requests) {
    const filled = Object.entries(headers).map(([key, value]) => [key, fill(value)]);
    const sent = { method, headers: Object.fromEntries(filled), body: body === null ? null : fill(body) };
    const response = await fetch(fill(url), sent).catch(() => null);
    const answer = response && { status: response.status, body: (await response.json()) as unknown };
    if (name !== null) answers.set(name, answer?.body);
    played.push({ title, expects, answer });
  }
  return played;
}

const valueAt = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (at, key) =>
        typeof at === "object" && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined,
      value,
    );
