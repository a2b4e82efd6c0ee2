// Billing: debts charged by card and by key, now and later, under faults and kills, each asked for again and again,
// moved, revoked, retried and taken back, and under a new number once the old one has failed. At most one payment is
// kept for each debt, and nothing is left standing at PortOne that would make another.
import type { Telling } from "../../infra/build/progress.ts";
import { auditStoredDue } from "./audit-due.ts";
import { auditWorld } from "./audit-world.ts";
import { findDoubleCharges } from "./auditor.ts";
import { changeMind, quartersAhead, retryOn } from "./billing-changes.ts";
import { drawBillingPlan, type PlannedDebt, type SoakCard } from "./billing-plan.ts";
import { figuresOf } from "./figures.ts";
import type { Finding } from "./findings.ts";
import { isAtRest, plantDifferences, readItems, readWorld } from "./records.ts";
import { explain, report } from "./report.ts";
import { forAll, openStage, type Reply, type Stage } from "./stage.ts";
import { calm, passNight, sweepUntilAtRest, underFaults } from "./weather.ts";
import type { Json } from "./world.ts";

export interface BillingSoakOptions extends Telling {
  readonly seed: number;
  readonly charges: number;
  readonly plant: number;
  readonly hasReservations: boolean;
}

const environment = {
  PAY_GIVE_BACK_MAX: "100000",
  PAY_NOTICE_BUDGET_PER_MIN: "100000",
  PAY_SWEEPS: "2",
  PAY_PORTONE_IPS: "127.0.0.1",
};
const atOnce = 10;
const minuteMs = 60_000;

/** `d7-0-3` is charged under `d7-0-3.1`, then `.2`. */
const numberOf = (debt: string, attempt: number): string => `${debt}.${attempt}`;
const debtOf = (merchantUid: string): string => merchantUid.split(".")[0] ?? merchantUid;

export async function billingSoak({ seed, charges, plant, hasReservations, say, done }: BillingSoakOptions) {
  const startedAtMs = Date.now();
  const plan = drawBillingPlan(seed, charges, hasReservations);
  say(`plan ${plan.hash}`);
  const stage = await openStage(environment, seed);
  const weather = calm();
  const answers: string[] = [];
  const onTheWay: Finding[] = [];
  const debts = plan.batches.flatMap((batch) => batch.debts);
  let operations = 0;
  let virtualMs = 0;
  try {
    for (const [index, batch] of plan.batches.entries()) {
      await underFaults(stage, batch.faults, weather, async () => {
        await forAll(batch.debts, atOnce, async (debt) => {
          operations += 1;
          await chargeRepeatedly(stage, debt, 1, null, answers);
          await changeMind(stage, debt, numberOf(debt.debt, 1), ({ json }) =>
            answers.push(JSON.stringify(json)),
          );
        });
        await stage.advance(2 * minuteMs);
        await stage.sweep();
      });
      onTheWay.push(...auditStoredDue(await readItems(stage)));
      done("batches", index + 1, plan.batches.length);
    }
    virtualMs += await sweepUntilAtRest(stage, () => isAtRest(stage));
    operations += await chargeAnew(stage, debts, answers);
    virtualMs += await sweepUntilAtRest(stage, () => isAtRest(stage));
    virtualMs += await passNight(stage, () => isAtRest(stage));
    await stage.audit();
    await plantDifferences(stage, plant);
    const world = await readWorld(stage);
    const { items, payments, reservations } = world;
    const findings = [...onTheWay, ...auditWorld(world), ...findDoubleCharges(payments, debtOf)];
    for (const { kind, merchantUid, detail } of findings) say(`${kind} ${merchantUid}: ${detail}`);
    const records = [debts, items, payments, reservations];
    for (const line of explain(findings, records, stage.stack.logLines())) say(line);
    const written = [...answers, ...stage.stack.logLines(), JSON.stringify(items)].join("\n");
    const leaked = debts.filter((debt) =>
      cardsOf(debt)
        .flatMap(secretsOf)
        .some((secret) => written.includes(secret)),
    );
    return report(
      {
        soak: "billing",
        seed,
        plan: plan.hash,
        orders: items.filter(({ pk }) => String(pk).startsWith("order#")).length,
        operations,
        ...(await figuresOf(stage, weather, payments)),
        virtual_s: Math.round(virtualMs / 1000),
        wall_ms: Date.now() - startedAtMs,
        leaks: leaked.length,
        broken: [],
      },
      findings,
    );
  } finally {
    await stage.close();
  }
}

/** A shop that asks several times at once, and once more where it got no word. */
async function chargeRepeatedly(
  stage: Stage,
  debt: PlannedDebt,
  attempt: number,
  replaces: string | null,
  answers: string[],
): Promise<void> {
  await ensureKey(stage, debt, answers);
  const ask = () => chargeOnce(stage, debt, attempt, replaces, answers);
  const first = await Promise.all(Array.from({ length: debt.copies }, ask));
  if (first.every(({ status }) => status === 0 || status >= 500)) await ask();
}

async function ensureKey(stage: Stage, { debt, way, card }: PlannedDebt, answers: string[]): Promise<void> {
  if (way !== "again" && way !== "schedule") return;
  for (let tries = 0; tries < 4; tries += 1) {
    const path = `/customers/${debt}/billing-key`;
    const reply = await keep(stage.merchant("POST", path, { ...card }), answers);
    if (reply.status === 201 || reply.status === 422) return;
  }
}

async function chargeOnce(
  stage: Stage,
  { debt, way, amount, card }: PlannedDebt,
  attempt: number,
  replaces: string | null,
  answers: string[],
): Promise<Reply> {
  const body: Json = {
    merchant_uid: numberOf(debt, attempt),
    name: "정기구독 8월분",
    amount,
    buyer_name: "홍길동",
    product_type: "digital",
  };
  const charged = { ...body, ...(replaces === null ? {} : { replaces }) };
  switch (way) {
    case "onetime":
      return keep(stage.merchant("POST", "/payments/onetime", { ...charged, ...card }), answers);
    case "two_steps": {
      const twoSteps = { ...charged, ...card, customer_uid: debt, issue_key: true };
      return keep(stage.merchant("POST", "/payments/onetime", twoSteps), answers);
    }
    case "again":
      return keep(stage.merchant("POST", `/customers/${debt}/payments`, charged), answers);
    case "schedule":
      return attempt === 1
        ? keep(
            stage.merchant("POST", `/customers/${debt}/schedules`, {
              schedules: [await reserved(stage, body)],
            }),
            answers,
          )
        : keep(stage.merchant("POST", `/customers/${debt}/payments`, charged), answers);
  }
}

/** The quarter of an hour after the next full one. */
const reserved = async (stage: Stage, body: Json): Promise<Json> => ({
  ...body,
  schedule_at: await quartersAhead(stage, 2),
});

async function keep(call: Promise<Reply>, answers: string[]): Promise<Reply> {
  const reply = await call;
  answers.push(JSON.stringify(reply.json));
  return reply;
}

/** What failed is retried, or asked for under a new number: only through `replaces`. */
async function chargeAnew(stage: Stage, debts: readonly PlannedDebt[], answers: string[]): Promise<number> {
  const items = await readItems(stage);
  const failed = new Set(items.filter(({ state }) => state === "failed").map(({ pk }) => String(pk)));
  const again = debts.filter(({ debt }) => failed.has(`order#${numberOf(debt, 1)}`));
  await forAll(again, atOnce, async (debt) => {
    const number = numberOf(debt.debt, 1);
    if (debt.retryCard === null) await chargeRepeatedly(stage, debt, 2, number, answers);
    else
      await retryOn(stage, debt, [number, debt.retryCard], ({ json }) => answers.push(JSON.stringify(json)));
  });
  return again.length;
}

const cardsOf = ({ card, retryCard }: PlannedDebt): readonly SoakCard[] => [
  card,
  ...(retryCard ? [retryCard] : []),
];

/** In clear, without hyphens, base64 and URL-encoded; two digits count where they are named. */
function secretsOf(card: SoakCard): readonly string[] {
  const bare = card.card_number.replaceAll("-", "");
  return [card.card_number, bare, card.birth]
    .flatMap((text) => [
      ...(text === card.birth ? [`"birth":"${text}"`, `birth=${text}`] : [text, encodeURIComponent(text)]),
      Buffer.from(text).toString("base64").replace(/=+$/, ""),
    ])
    .concat(`"pwd_2digit":"${card.pwd_2digit}"`, `pwd_2digit=${card.pwd_2digit}`);
}
