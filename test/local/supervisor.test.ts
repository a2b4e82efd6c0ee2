// What holds the three processes together: who starts, who ends, and what is left when somebody is killed.
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { ask, endStarted, isRunning, type Ready, startProcess, untilGone } from "../support/start-process.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "시작-"));
});
afterEach(async () => {
  await endStarted();
  rmSync(dir, { recursive: true, force: true });
});

const order = (merchantUid: string) => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  pay_method: "card",
  buyer_name: "홍길동",
});
/** Where the redirect sends a buyer whose order there is not. */
const wayBack = async ({ gateway }: Ready) => {
  const address = `${gateway}/payments/redirect?merchant_uid=ord-ready`;
  return (await fetch(address, { redirect: "manual" })).headers.get("location");
};
const allOf = ({ pids }: Ready) => [pids.host, pids.simulator, pids.dynamodb];

/** The console's list of orders, as the browser that opens the printed address gets it. */
async function openOrders(address: string): Promise<string> {
  const entered = await fetch(address, { redirect: "manual" });
  const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
  const page = await fetch(new URL(entered.headers.get("location") ?? "", address), { headers: { cookie } });
  expect(page.status).toBe(200);
  return page.text();
}

describe("a start", { timeout: 60_000 }, () => {
  it("says READY once, with addresses that answer and a key that opens them", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    expect(Object.keys(ready)).toEqual([
      "gateway",
      "simulator",
      "shop",
      "dynamodb",
      "table",
      "merchantKey",
      "node",
      "console",
      "pids",
    ]);
    expect(ready.node).toBe(process.versions.node);
    expect((await fetch(`${ready.simulator}/_control/settings`)).status).toBe(200);
    expect(await openOrders(ready.console ?? "")).toContain('<main id="main"');
    expect((await fetch(ready.shop)).status).toBe(200);
    // Where a phone comes back to, and from there on by a page that reads the order.
    const result = `${ready.shop}/result?merchant_uid=ord-ready&state=unknown`;
    expect(await wayBack(ready)).toBe(result);
    expect((await fetch(result)).status).toBe(200);
    const unknown = await fetch(`${ready.gateway}/nothing-here`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { message: "Not Found" }]);
    expect((await ask(ready, "/orders", order("ord-ready"))).status).toBe(201);
    expect(allOf(ready).map((pid) => pid !== null && isRunning(pid))).toEqual([true, true, true]);
    expect(run.stdout().match(/READY /g)).toHaveLength(1);
  });

  it("takes every PAY_* of its environment, and gives its children nothing else of it", async () => {
    const logs = join(dir, "함수.log");
    const url = inject("dynamodbUrl");
    const table = `told-${process.pid}`;
    const run = startProcess(["--no-demo", "--logs", logs], {
      AWS_ACCESS_KEY_ID: "AKIADEVELOPER",
      PAY_ORDER_TTL_S: "60",
      PAY_RESULT_URL: "https://shop.example/result",
      PAY_DYNAMODB_ENDPOINT: url,
      PAY_TABLE: table,
    });
    const ready = await run.ready();
    expect(ready).toMatchObject({ dynamodb: url, table, pids: { dynamodb: null } });

    expect(await wayBack(ready)).toBe("https://shop.example/result?merchant_uid=ord-ready&state=unknown");
    const reply = await ask(ready, "/orders", order("ord-override"));
    const { order: made } = (await reply.json()) as { order: { created_at: string; expires_at: string } };
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(60_000);
    await expect.poll(() => readFileSync(logs, "utf8"), { timeout: 5_000 }).toContain('"ord-override"');
    expect(run.stderr()).not.toContain("ord-override");
    // Only Linux shows a process's environment to others.
    if (process.platform !== "linux") return;
    for (const pid of [ready.pids.host, ready.pids.simulator])
      expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toMatch(/AKIADEVELOPER|PAY_ORDER_TTL_S/);
  });

  it.each([
    ["an option it does not know", ["--onec"], {}, 2, /^Unknown option '--onec'; usage: npm start .*\n$/],
    [
      "in Korean an option it does not know",
      ["--lang", "ko", "--onec"],
      {},
      2,
      /^모르는 옵션입니다: '--onec'; 사용법: npm start -- .*\n$/,
    ],
    [
      "in the locale's language another language than the two",
      ["--lang", "fr"],
      { LANG: "ko_KR.UTF-8" },
      2,
      /^--lang에는 ko, en 가운데 하나를 적으세요: 'fr'; 사용법: .*\n$/,
    ],
    [
      "in Korean a wrong setting, and what it means",
      ["--once", "--lang=ko"],
      { LANG: "en_US.UTF-8", PAY_SANDBOX: "maybe" },
      1,
      /^환경 변수의 설정이 잘못되었습니다\.\n- PAY_SANDBOX: .*\n {4}.*[가-힣].*\n고치거나 지우세요\. .*\n$/,
    ],
    [
      "every wrong setting of its environment",
      ["--once"],
      { PAY_SANDBOX: "maybe", PAY_SANBOX: "refuse" },
      1,
      /^Settings in your environment are wrong:\n- PAY_SANBOX: unknown setting\n- PAY_SANDBOX: must be one of refuse, accept\n {4}.*`accept`.*\nCorrect or unset them\. All settings: docs\/settings\.md\n$/,
    ],
    [
      "secrets that it would have to look for in AWS",
      ["--once"],
      { PAY_SECRETS: "ssm:/portone-ksnet/dev/" },
      1,
      /^Settings in your environment are wrong:\n- PAY_SECRETS: on a laptop secrets are settings, so it is env, not ssm:\/portone-ksnet\/dev\/\n {4}.*\nCorrect or unset them\. .*\n$/,
    ],
    [
      "a file it cannot write the functions' lines to",
      ["--once", "--logs", "/없는 폴더/함수.log"],
      {},
      1,
      /^--logs \/없는 폴더\/함수\.log cannot be written: .*\n$/,
    ],
    [
      "a folder that is a file",
      ["--once", "--data", "package.json"],
      {},
      1,
      /^--data package\.json cannot be .*\n$/,
    ],
  ])("names %s, starts nothing, and exits", async (_, args, environment, code, message) => {
    const run = startProcess(args, environment);
    expect(await run.ended).toBe(code);
    expect(run.stderr()).toMatch(message);
    expect(run.stdout()).toBe("");
  });

  it("says how it is called when asked", async () => {
    const run = startProcess(["--help"]);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toMatch(/^usage: npm start -- \[--once\] .*\n$/);
  });

  it("does not take another port than the one it was told", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const run = startProcess(["--no-demo", "--port", String(port)]);
    expect(await run.ended).toBe(1);
    expect(run.stderr()).toBe(
      `Port ${port} is taken. End what listens there, or name another one with --port.\n`,
    );
    const korean = startProcess(["--no-demo", "--port", String(port)], { LC_ALL: "ko_KR.UTF-8" });
    expect(await korean.ended).toBe(1);
    expect(korean.stderr()).toBe(
      `${port}번 포트는 이미 쓰이고 있습니다. 그 프로그램을 끝내거나 --port로 다른 포트를 고르세요.\n`,
    );
    other.close();
  });
});

describe("an end", { timeout: 60_000 }, () => {
  it("by Ctrl-C, told once by the terminal and once by npm, leaves nothing running", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    run.child.kill("SIGINT");
    await untilGone([ready.pids.host]);
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(130);
    expect(allOf(ready).filter((pid) => pid !== null && isRunning(pid))).toEqual([]);
  });

  it("by kill -9 of the parent takes all three along", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    run.child.kill("SIGKILL");
    expect(await run.ended).toBe("SIGKILL");
    await untilGone(allOf(ready));
  });

  it("comes when the npm that runs it is killed", async () => {
    const run = startProcess(["--no-demo"], {}, true);
    const ready = await run.ready();
    run.child.kill("SIGKILL");
    await untilGone(allOf(ready));
  });

  it("comes with exit 1 when the embedded DynamoDB dies, since what it held is lost", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    process.kill(ready.pids.dynamodb ?? 0, "SIGKILL");
    expect(await run.ended).toBe(1);
    expect(run.stderr()).toContain("The dynamodb process ended unexpectedly.");
    await untilGone(allOf(ready));
  });
});

describe("the function host", { timeout: 60_000 }, () => {
  it("is started again on the same port, at the same time of day, when it dies", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    await ask(ready, "/orders", order("ord-before"));
    await ask(ready, "/_local/clock", { set: "2030-08-05T03:00:00.000Z" });
    process.kill(ready.pids.host, "SIGKILL");
    await untilGone([ready.pids.host]);

    const state = async () => {
      const reply = await ask(ready, "/orders/ord-before").catch(() => null);
      return ((await reply?.json()) as { state?: string } | undefined)?.state;
    };
    await expect.poll(state, { timeout: 20_000 }).toBe("created");
    const clock = (await (await ask(ready, "/_local/clock")).json()) as { now: string };
    expect(clock.now.slice(0, 16)).toBe("2030-08-05T03:00");
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(143);
  });
});

describe("a folder given with --data", { timeout: 60_000 }, () => {
  it("serves one run at a time, and keeps orders, payments and keys for the next", async () => {
    const first = startProcess(["--no-demo", "--data", dir]);
    const before = await first.ready();
    const reply = await ask(before, "/orders", order("ord-kept"));
    const { request_pay } = (await reply.json()) as { request_pay: unknown };
    const paid = await fetch(`${before.simulator}/_control/pay`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ request_pay }),
    });
    const { imp_uid } = (await paid.json()) as { imp_uid: string };

    const second = startProcess(["--no-demo", "--data", dir]);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain(`${dir} is in use by another run`);
    expect(allOf(before).map((pid) => pid !== null && isRunning(pid))).toEqual([true, true, true]);
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(143);

    const after = await startProcess(["--no-demo", "--data", dir]).ready();
    expect(after.merchantKey).toBe(before.merchantKey);
    const synced = await ask(after, "/orders/ord-kept/sync", {});
    expect(await synced.json()).toMatchObject({ state: "paid", imp_uid });
  });

  it("lets the next start end what a killed one left running", async () => {
    const first = startProcess(["--no-demo", "--data", dir]);
    const before = await first.ready();
    await ask(before, "/orders", order("ord-left"));
    // Stopped, the parent cannot start the host again; with both gone nobody is left to end the table.
    first.child.kill("SIGSTOP");
    process.kill(before.pids.host, "SIGKILL");
    first.child.kill("SIGKILL");
    await untilGone([before.pids.host, before.pids.simulator]);
    expect(isRunning(before.pids.dynamodb ?? 0)).toBe(true);

    const after = await startProcess(["--no-demo", "--data", dir]).ready();
    expect(isRunning(before.pids.dynamodb ?? 0)).toBe(false);
    expect(await (await ask(after, "/orders/ord-left")).json()).toMatchObject({ state: "created" });
  });
});
