// Reports what the simulator carries: it makes payments, reads each one back by its imp_uid, and says how many a
// second and how many were lost. `npx node test/bench/simulator-load.ts [--payments N] [--connections N]`. No speed
// is asserted; it ends with 1 only when a payment is missing or another than the one that was made.
import { parseOptions, readOrExit, UsageError } from "../../infra/build/command-line.ts";
import { createProgress } from "../../infra/build/progress.ts";
import { KeptConnections } from "./kept-connections.ts";
import { startSimulatorProcess } from "./simulator-process.ts";

const usage = "usage: npx node test/bench/simulator-load.ts [--payments N] [--connections N]";
const { payments, connections } = readOrExit(usage, (args) => {
  const values = parseOptions(args, {
    payments: { type: "string", default: "100000" },
    connections: { type: "string", default: "16" },
    help: { type: "boolean", short: "h" },
  });
  if (values.help) return null;
  return {
    payments: toCount("--payments", values.payments),
    connections: toCount("--connections", values.connections),
  };
});
const progress = createProgress(process.stderr, () => performance.now());

const simulator = await startSimulatorProcess();
const client = new KeptConnections(simulator.url, connections);
const made = new Map<string, string>();
const makingMs = await timed(() =>
  forEach(range(payments), async (n) => {
    const merchantUid = `ord-load-${n}`;
    made.set(merchantUid, await pay(merchantUid));
    progress.done("payments", made.size, payments);
  }),
);
report("payments made", payments, makingMs);

const token = await login();
let lost = 0;
let read = 0;
const readingMs = await timed(() =>
  forEach(made.entries(), async ([merchantUid, impUid]) => {
    const { response } = await call("GET", `/payments/${impUid}`);
    if (response?.["imp_uid"] !== impUid || response["merchant_uid"] !== merchantUid) lost += 1;
    read += 1;
    progress.done("reads", read, payments);
  }),
);
report("payment reads", payments, readingMs);
const listed = (await call("GET", "/payments/status/paid?limit=1")).response?.["total"];
console.log(`held ${String(listed)} of ${payments}, lost ${lost}`);
client.close();
await simulator.end();
process.exitCode = lost === 0 && listed === payments ? 0 : 1;

interface Envelope {
  readonly response: Readonly<Record<string, unknown>> | null;
}

async function call(method: string, path: string): Promise<Envelope> {
  return JSON.parse(await client.send(method, path, null, token)) as Envelope;
}

async function login(): Promise<string> {
  const { impKey, impSecret } = simulator;
  const text = await client.send("POST", "/users/getToken", { imp_key: impKey, imp_secret: impSecret }, null);
  return String((JSON.parse(text) as Envelope).response?.["access_token"]);
}

async function pay(merchantUid: string): Promise<string> {
  const request_pay = {
    pay_method: "card",
    merchant_uid: merchantUid,
    name: "나이키 와플 트레이너 2 SD",
    amount: 109000,
    tax_free: 3000,
    buyer_name: "홍길동",
  };
  const paid = JSON.parse(await client.send("POST", "/_control/pay", { request_pay }, null)) as {
    readonly imp_uid: string;
  };
  return paid.imp_uid;
}

/** Runs `work` on every item, as many at a time as there are connections. */
async function forEach<Item>(
  items: IterableIterator<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const worker = async () => {
    for (let next = items.next(); next.done !== true; next = items.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

function* range(count: number): IterableIterator<number> {
  for (let n = 0; n < count; n += 1) yield n;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await run();
  return performance.now() - startedMs;
}

function report(what: string, count: number, ms: number): void {
  progress.end();
  const perSecond = Math.round((count / ms) * 1000);
  console.log(`${what}: ${count} in ${(ms / 1000).toFixed(1)} s, ${perSecond} a second`);
}

function toCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new UsageError(`${name} wants a whole number from 1`);
  return count;
}
