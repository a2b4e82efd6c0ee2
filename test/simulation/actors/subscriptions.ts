// A debt that is to be charged later, by a shop that changes its mind: moved, revoked, retried, replaced and taken back.
import type { Dice } from "../../soak/random.ts";
import type { Stage } from "../stage.ts";
import { firstCustomer } from "../world/billing.ts";
import { openByApi, payIntoAccount } from "./accounts.ts";
import { collect } from "./charging.ts";
import { dropKey, keepKey, replaceKey } from "./keys.ts";
import { create, look, takeBack } from "./merchants.ts";
import { refundBy, refundHabits } from "./refunding.ts";
import { insist, move, type Reservation, reserve, retry, revoke } from "./reserving.ts";

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

type Happening = () => Promise<unknown>;
const afterwards = (stage: Stage, ms: number, happening: Happening) => void stage.sleep(ms).then(happening);

/** When it is to be charged: soon, tomorrow, or so far ahead that it stands when all is over. */
const ahead = (dice: Dice): number => {
  const draw = dice.next();
  if (draw < 0.7) return (2 + dice.below(50)) * minuteMs + dice.below(minuteMs);
  return draw < 0.85 ? dayMs + dice.below(dayMs) : (40 + dice.below(200)) * dayMs;
};

export function playReservations(stage: Stage, dice: Dice, lengthMs: number): void {
  const hasOwnKey = dice.next() < 0.5;
  const customerUid = hasOwnKey ? stage.newName("cust") : firstCustomer;
  const startMs = stage.scheduler.nowMs();
  const batch = Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, (): Reservation => {
    const merchantUid = stage.newName("sub");
    const amount = 10_000 + dice.below(10) * 1_000;
    stage.told.chargesFor(`debt of ${merchantUid}`, merchantUid);
    return { customerUid, merchantUid, amount, scheduledAtMs: startMs + ahead(dice) };
  });
  afterwards(stage, dice.below(minuteMs), async () => {
    if (hasOwnKey) await keepKey(stage, customerUid);
    await insist(stage, "reserves", () => reserve(stage, batch));
  });
  const soon = () => Math.floor(dice.next() ** 2 * lengthMs);
  for (const reservation of batch) {
    const changes = dice.pick([0, 1, 1, 2, 3]);
    for (let count = 0; count < changes; count += 1) {
      const change = dice.pick(changesOfMind);
      afterwards(stage, soon(), () => change(stage, reservation));
    }
    const runsInMs = reservation.scheduledAtMs - startMs;
    if (runsInMs < lengthMs)
      afterwards(stage, runsInMs + stage.between(60, 600), () => pursue(stage, reservation));
  }
  if (dice.next() < 0.15) afterwards(stage, soon(), () => replaceKey(stage, customerUid));
  if (dice.next() < 0.15) afterwards(stage, soon(), () => dropKey(stage, customerUid));
}

type Change = (stage: Stage, reservation: Reservation) => Promise<unknown>;

const later = (stage: Stage): number => stage.scheduler.nowMs() + stage.between(60, 4_000);

const changesOfMind: readonly Change[] = [
  (stage, reservation) => {
    const atMs = later(stage);
    return insist(stage, "moves", () => move(stage, reservation, atMs));
  },
  async (stage, reservation) => {
    stage.act("moves_in_doubt", () => reservation.merchantUid);
    const [one, other] = [later(stage), later(stage)];
    const first = move(stage, reservation, one);
    await stage.sleep(stage.between(0, 15));
    await move(stage, reservation, other);
    return first;
  },
  (stage, { customerUid, merchantUid }) => {
    const named = stage.chance(0.8) ? [merchantUid] : null;
    return insist(stage, "revokes", () => revoke(stage, customerUid, named));
  },
  (stage, { merchantUid }) => {
    stage.act("voids_reserved", () => merchantUid);
    return takeBack(stage, merchantUid);
  },
  (stage, reservation) => {
    stage.act("retries_too_soon", () => reservation.merchantUid);
    return retry(stage, reservation);
  },
  async (stage, { merchantUid }) => {
    stage.act("retries_anothers", () => merchantUid);
    const status = await retry(stage, { customerUid: "cust-of-another-shop", merchantUid });
    if (status === 201 || status === 202 || status === 402)
      stage.findings.add(
        "told_wrong",
        `${merchantUid} retry`,
        `told ${status} about another customer's charge`,
      );
  },
  (stage, { merchantUid }) => look(stage, merchantUid),
  (stage, { merchantUid, amount }) => refundBy(stage, stage.dice.pick(refundHabits), merchantUid, amount),
];

/** What PortOne could not charge is tried again, moved, or charged under a new number. */
async function pursue(stage: Stage, reservation: Reservation): Promise<void> {
  const { merchantUid, amount } = reservation;
  const tries = stage.dice.pick([1, 2, 3, 10]);
  for (let time = 0; time < tries; time += 1) {
    const state = stage.table.orders.get(merchantUid)?.state;
    if (state !== "failed") return;
    const draw = stage.dice.next();
    if (draw < 0.6) await insist(stage, "retries", () => retry(stage, reservation));
    else if (draw < 0.75) {
      const atMs = later(stage);
      await insist(stage, "sets_up_anew", () => move(stage, reservation, atMs));
    } else {
      stage.act("replaces_reserved", () => merchantUid);
      const debt = { name: `debt of ${merchantUid}`, first: stage.newName("charge"), amount };
      return collect(stage, debt, merchantUid);
    }
    await stage.sleep(stage.between(1, 200));
  }
}

export function playAccounts(stage: Stage, dice: Dice, lengthMs: number): void {
  const merchantUid = stage.newName("ord");
  const amount = 10_000 + dice.below(10) * 1_000;
  const soon = () => Math.floor(dice.next() ** 2 * lengthMs);
  const order = { merchantUid, amount, payMethod: "vbank", expiresInMs: null };
  afterwards(stage, dice.below(minuteMs), async () => {
    if (!(await create(stage, order))) return;
    afterwards(stage, dice.below(5 * minuteMs), () => openByApi(stage, merchantUid, amount));
    if (dice.next() < 0.3) afterwards(stage, soon(), () => openByApi(stage, merchantUid, amount));
    if (dice.next() < 0.5) afterwards(stage, soon(), async () => payIntoAccount(stage, merchantUid));
    if (dice.next() < 0.4) {
      afterwards(stage, soon(), () => {
        stage.act("revokes_account", () => merchantUid);
        return takeBack(stage, merchantUid);
      });
    }
    if (dice.next() < 0.2) afterwards(stage, soon(), () => look(stage, merchantUid));
  });
}
