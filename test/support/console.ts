// The console before an API that says what a test wants, and somebody in front of it with a browser's manners: cookies
// kept, redirects seen, and every header as given.
import { createServer, type IncomingHttpHeaders, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { type Console, type ConsoleOptions, startConsole } from "../../infra/console/start-console.ts";
import type { Json } from "./shop.ts";

export const consoleKey = "console-key-0123456789abcdef0123456789";

export interface AskedOfApi {
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeApi {
  readonly url: string;
  readonly asked: AskedOfApi[];
  /** The menu asks for the queue beside whatever a page asks. */
  readonly askedQueue: AskedOfApi[];
  queue: ApiAnswer;
  answer: (asked: AskedOfApi) => ApiAnswer;
  readonly close: () => Promise<void>;
}

/** `route` as `GET /orders/ord-1?limit=50`. */
export async function startFakeApi(): Promise<FakeApi> {
  const asked: AskedOfApi[] = [];
  const askedQueue: AskedOfApi[] = [];
  const api = {
    asked,
    askedQueue,
    queue: { status: 403, body: problem(403, "scope_missing") },
    answer: (): ApiAnswer => ({ status: 404, body: problem(404, "order_not_found") }),
  };
  const server = createServer(async (request, response) => {
    const text = (await request.toArray()).join("");
    const { method = "", url = "", headers } = request;
    const one = { route: `${method} ${url}`, headers, body: text === "" ? {} : (JSON.parse(text) as Json) };
    const isQueue = one.route === "GET /queue";
    (isQueue ? askedQueue : asked).push(one);
    const { answer, queue } = api as Pick<FakeApi, "answer" | "queue">;
    const { status, body, headers: told } = isQueue ? queue : answer(one);
    response.writeHead(status, { "content-type": "application/json", ...told });
    response.end(body === undefined ? "" : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(api, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export const problem = (status: number, code: string, more: Json = {}): Json => ({
  type: `/errors/${code}`,
  title: "Title of the refusal",
  status,
  detail: "거절한 이유입니다.",
  code,
  request_id: "req-00000001",
  ...more,
});

export interface Seen {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export type Headers = Readonly<Record<string, string>>;

export class Visitor {
  readonly origin: string;
  #cookies = new Map<string, string>();

  constructor(address: string) {
    this.origin = new URL(address).origin;
  }

  get(path: string, headers: Headers = {}): Promise<Seen> {
    return this.ask("GET", path, headers);
  }

  post(path: string, fields: Headers = {}, headers: Headers = {}): Promise<Seen> {
    return this.ask(
      "POST",
      path,
      { origin: this.origin, ...headers },
      new URLSearchParams(fields).toString(),
    );
  }

  ask(method: string, path: string, headers: Headers = {}, body = ""): Promise<Seen> {
    const cookie = [...this.#cookies].map((pair) => pair.join("=")).join("; ");
    const form = body === "" ? {} : { "content-type": "application/x-www-form-urlencoded" };
    return new Promise((resolve, reject) => {
      const asking = send(
        new URL(path, this.origin),
        { method, headers: { cookie, ...form, ...headers } },
        async (response) => {
          for (const set of response.headers["set-cookie"] ?? []) {
            const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
            this.#cookies.set(name, value);
          }
          const text = (await response.toArray()).join("");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        },
      );
      asking.once("error", reject);
      asking.end(body);
    });
  }

  cookieHeader(): string {
    return [...this.#cookies].map((pair) => pair.join("=")).join("; ");
  }
}

export interface OpenConsole {
  readonly visitor: Visitor;
  readonly console: Console;
  /** Addresses printed after the first one. */
  readonly printed: string[];
  readonly logged: string[];
}

export async function openConsole(apiUrl: string, more: Partial<ConsoleOptions> = {}): Promise<OpenConsole> {
  const printed: string[] = [];
  const logged: string[] = [];
  const started = await startConsole({
    apiUrl,
    key: consoleKey,
    local: null,
    port: 0,
    print: (address) => printed.push(address),
    log: (line) => logged.push(line),
    ...more,
  });
  const visitor = new Visitor(started.url);
  return { visitor, console: started, printed, logged };
}

/** Of somebody who has come in. */
export async function enterConsole(apiUrl: string, more: Partial<ConsoleOptions> = {}): Promise<OpenConsole> {
  const open = await openConsole(apiUrl, more);
  const { pathname, search } = new URL(open.console.url);
  await open.visitor.get(pathname + search);
  return open;
}

/** As the doors tell it. */
export const seenOrder = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  state: "paid",
  amount: 109_000,
  tax_free: 3_000,
  currency: "KRW",
  name: "나이키 와플 트레이너 2 SD",
  pay_method: "card",
  buyer_name: "홍길동",
  escrow: false,
  custom_data: null,
  imp_uid: "imp_1",
  card_name: "NH카드",
  card_number: "451842******0015",
  apply_num: "30001234",
  card_quota: 0,
  receipt_url: null,
  emb_pg_provider: null,
  pg_tid: "273210000001",
  attempts: [
    {
      imp_uid: "imp_1",
      state: "paid",
      amount: 109_000,
      cancel_amount: 0,
      give_back: null,
      at: "2026-08-05T03:00:00.000Z",
    },
  ],
  cancel_amount: 0,
  cancel_tax_free: 0,
  remaining: 109_000,
  remaining_tax_free: 3_000,
  vbank: null,
  receipt: null,
  operation: null,
  refunds: [],
  history: [
    { at: "2026-08-05T03:00:00.123Z", by: "merchant", key: "shop", from: null, to: "created", reason: null },
    { at: "2026-08-05T03:00:00.456Z", by: "portone", from: "created", to: "paid", reason: null },
  ],
  review_reason: null,
  superseded_by: null,
  replaces: null,
  created_at: "2026-08-05T03:00:00.123Z",
  expires_at: "2026-08-05T03:30:00.123Z",
  hold_until: null,
  paid_at: "2026-08-05T03:00:00.000Z",
  version: 2,
  ...more,
});

export const seenReceipt = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  imp_uid: "imp_1",
  review_reason: null,
  state: "issued",
  type: "person",
  identifier_masked: "010****5678",
  amount: 109_000,
  tax_free: 3_000,
  vat: 9_636,
  receipt_tid: "273210000001",
  apply_num: "123456789",
  receipt_url: null,
  applied_at: "2026-08-05T03:10:00.000Z",
  cancelled_at: null,
  generation: 1,
  origin: "merchant",
  todo: null,
  ...more,
});

export const seenRefund = (merchantUid: string, more: Json = {}): Json => ({
  refund_id: "rf_2Zk",
  merchant_uid: merchantUid,
  imp_uid: "imp_1",
  origin: "merchant",
  state: "succeeded",
  amount: 20_000,
  tax_free: 550,
  reason: "단순 변심",
  tag: "#k7q2m5xwa",
  cancellation_id: "c-8f31d2",
  requested_at: "2026-08-05T04:00:00.100Z",
  scheduled_at: null,
  completed_at: "2026-08-05T04:00:00.310Z",
  remaining: 89_000,
  remaining_tax_free: 2_450,
  provider_message: null,
  ...more,
});

export const seenQueue = (more: Json = {}): Json => ({
  due: { count: 0, more: false, oldest_s: 0 },
  operations: [],
  more_operations: false,
  reviews: { count: 0, more: false },
  brake: { on: false, last_hour: 0, most_per_hour: 20, waiting: 0 },
  audit: null,
  ...more,
});

/** Answers with orders and refunds as they are; what is not among them is not there. */
export function answersOf(orders: readonly Json[], refunds: readonly Json[] = []): FakeApi["answer"] {
  return ({ route }) => {
    const [, uid = "", rest = ""] = /^GET \/orders\/([^/?]+)(.*)$/.exec(route) ?? [];
    const order = orders.find(({ merchant_uid }) => merchant_uid === uid);
    if (order && rest.startsWith("/refunds")) return { status: 200, body: { refunds } };
    if (order && rest === "") return { status: 200, body: order };
    return { status: 404, body: problem(404, "order_not_found") };
  };
}

/** What a reader sees of a page, in one line. */
export const textOf = (page: string | Pick<Seen, "text">): string =>
  (typeof page === "string" ? page : page.text).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
