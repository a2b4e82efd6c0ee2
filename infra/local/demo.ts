// One complete payment, played through public doors and the simulator's levers only, each line a request
// that was really sent and the answer that really came. Every step says which state it expects.
import type { LocalRun } from "./local-run.ts";

export interface DemoResult {
  readonly ok: boolean;
  readonly merchant_uid: string;
  readonly state: string;
  readonly steps: number;
}

type Json = Readonly<Record<string, unknown>>;

interface Reply {
  readonly status: number;
  readonly location: string | null;
  readonly body: Json;
}

/** What the steps hand on to each other. */
interface Story {
  readonly run: LocalRun;
  readonly merchantUid: string;
  requestPay: Json;
  window: string;
  impUid: string;
  redirect: string;
}

interface Step {
  readonly title: string;
  readonly play: (story: Story) => Promise<{ readonly saw: string; readonly expected: string }>;
}

const steps: readonly Step[] = [
  {
    title: "The shop creates an order",
    play: async (story) => {
      const order = {
        merchant_uid: story.merchantUid,
        name: "나이키 와플 트레이너 2 SD",
        amount: 109_000,
        tax_free: 3_000,
        pay_method: "card",
        buyer_name: "홍길동",
      };
      const reply = await merchant(story, "POST", "/orders", order);
      story.requestPay = reply.body["request_pay"] as Json;
      const { state } = reply.body["order"] as Json;
      return { saw: `${reply.status} ${state}`, expected: "201 created" };
    },
  },
  {
    title: "The buyer opens KSNET's window",
    play: async (story) => {
      const reply = await simulator(story, "POST", "/_control/window", {
        request_pay: story.requestPay,
        device: "mobile",
      });
      story.window = String(reply.body["window"]);
      story.impUid = String(reply.body["imp_uid"]);
      return { saw: `${reply.status} ${reply.body["refused"]}`, expected: "200 null" };
    },
  },
  {
    title: "The buyer pays: PortOne asks confirm_url, then KSNET approves",
    play: async (story) => {
      const reply = await simulator(story, "POST", `/_control/window/${story.window}/approve`, {});
      const payment = reply.body["payment"] as Json;
      const confirm = reply.body["confirm"] as Json;
      story.redirect = String(reply.body["redirect"]);
      return {
        saw: `confirm ${confirm["status"]}, payment ${payment["status"]}`,
        expected: "confirm 200, payment paid",
      };
    },
  },
  {
    title: "PortOne sends its notice",
    play: async (story) => {
      const status = await noticeStatus(story);
      return { saw: `notice ${status}`, expected: "notice 200" };
    },
  },
  {
    title: "The order is paid, by PortOne's own record",
    play: async (story) => {
      const reply = await merchant(story, "GET", `/orders/${story.merchantUid}`);
      return { saw: `${reply.status} ${reply.body["state"]}`, expected: "200 paid" };
    },
  },
  {
    title: "The buyer's browser comes back on a PC",
    play: async (story) => {
      const body = { imp_uid: story.impUid, merchant_uid: story.merchantUid };
      const reply = await call(story.run.gateway, "POST", "/payments/complete", body);
      return { saw: `${reply.status} ${reply.body["state"]}`, expected: "200 paid" };
    },
  },
  {
    title: "The same on a phone, by redirect",
    play: async (story) => {
      const back = new URL(story.redirect);
      const reply = await call(story.run.gateway, "GET", `${back.pathname}${back.search}`);
      const state = reply.location === null ? "nowhere" : new URL(reply.location).searchParams.get("state");
      return { saw: `${reply.status} ${state}`, expected: "303 paid" };
    },
  },
];

/** Plays it; `ok` when every step saw what it expected. Stops at the first that did not. */
export async function playDemo(run: LocalRun): Promise<DemoResult> {
  const merchantUid = `ord-${new Date().toISOString().slice(0, 19).replace(/[-:T]/g, "")}`;
  const story: Story = { run, merchantUid, requestPay: {}, window: "", impUid: "", redirect: "" };
  let ok = true;
  for (const [index, step] of steps.entries()) {
    console.log(`\n${index + 1}. ${step.title}`);
    const { saw, expected } = await step
      .play(story)
      .catch((error: unknown) => ({ saw: String(error), expected: "" }));
    if (saw === expected) continue;
    console.log(`   expected ${expected}, saw ${saw}`);
    ok = false;
    break;
  }
  const last = await merchant(story, "GET", `/orders/${merchantUid}`, undefined, { isQuiet: true });
  return {
    ok,
    merchant_uid: merchantUid,
    state: String(last.body["state"] ?? "unknown"),
    steps: steps.length,
  };
}

const merchant = ({ run }: Story, method: string, path: string, body?: Json, show?: Show): Promise<Reply> =>
  call(run.gateway, method, path, body, { ...show, authorization: `Bearer ${run.merchantKey}` });

const simulator = ({ run }: Story, method: string, path: string, body?: Json, show?: Show): Promise<Reply> =>
  call(run.simulator, method, path, body, show);

const looks = 200;
const lookEveryMs = 25;

/** The shop's answer to the notice, which PortOne sends while the browser is already on its way back. */
async function noticeStatus(story: Story): Promise<unknown> {
  for (let look = 1; look <= looks; look += 1) {
    const { body } = await simulator(story, "GET", "/_control/deliveries", undefined, { isQuiet: true });
    const notice = (body["deliveries"] as readonly Json[]).find(
      (delivery) =>
        delivery["kind"] === "notice" && delivery["imp_uid"] === story.impUid && delivery["status"] !== null,
    );
    if (notice) {
      printExchange("POST", "/portone/notice/…", notice["body"], Number(notice["status"]), {});
      return notice["status"];
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return "never delivered";
}

interface Show {
  readonly isQuiet?: boolean;
  readonly authorization?: string;
}

async function call(
  base: string,
  method: string,
  path: string,
  body?: Json,
  show: Show = {},
): Promise<Reply> {
  const response = await fetch(`${base}${path}`, {
    method,
    redirect: "manual",
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(show.authorization && { authorization: show.authorization }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === "" ? {} : (JSON.parse(text) as Json);
  const location = response.headers.get("location");
  if (!show.isQuiet)
    printExchange(method, path, body, response.status, location === null ? answer : { location });
  return { status: response.status, location, body: answer };
}

const widest = 150;

function printExchange(method: string, path: string, body: unknown, status: number, answer: unknown): void {
  const sent = body === undefined ? "" : ` ${typeof body === "string" ? body : JSON.stringify(body)}`;
  console.log(`   → ${cut(`${method} ${path}${sent}`)}`);
  console.log(`   ← ${cut(`${status} ${JSON.stringify(answer)}`)}`);
}

const cut = (line: string): string => (line.length > widest ? `${line.slice(0, widest - 1)}…` : line);
