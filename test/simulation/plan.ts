// What happens in one life: drawn from its dice before and while it is lived.
import type { Dice } from "../soak/random.ts";
import { visit } from "./actors/buyers.ts";
import { collect, type Debt } from "./actors/charging.ts";
import { auditNight } from "./actors/clock.ts";
import { create, look, takeBack } from "./actors/merchants.ts";
import { cancelInConsole, decide } from "./actors/operators.ts";
import { keepReceipt } from "./actors/receipts.ts";
import { refundBy, refundHabits } from "./actors/refunding.ts";
import { knock, makeUpAttempt, openAccount } from "./actors/strangers.ts";
import { playAccounts, playReservations } from "./actors/subscriptions.ts";
import { type Climate, faultNames } from "./engine/fates.ts";
import type { Nature, Stage } from "./stage.ts";

const minuteMs = 60_000;

export function drawClimate(dice: Dice): Climate {
  const rate = dice.pick([0.005, 0.02, 0.05, 0.1, 0.15]);
  const favourites = dice.pick([[], [1], [1, 2]]).map(() => dice.pick(faultNames));
  return { rate, favourites, refusesFalsely: dice.next() < 0.3 };
}

export const drawNature = (dice: Dice): Nature => ({
  isConfirming: dice.next() < 0.75,
  confirmsAccounts: dice.next() < 0.5,
  declines: dice.pick([0, 0.1, 0.4]),
  approvesLate: dice.pick([0, 0, 0.5]),
  isPreparing: dice.next() < 0.6,
  callsFromKnown: dice.next() < 0.7,
});

/** Whether lives hold charges and accounts that PortOne is told of beforehand, where nobody says otherwise. */
export const actorsOfReservations = true;

/** How often an order is one of those, of those that no buyer opens a window for. */
const shareOfReservations = 0.35;
const shareOfAccounts = 0.08;

/** Begins the day: one order to six, each with people of its own. */
export function playDay(stage: Stage, dice: Dice, lengthMs: number, hasReservations: boolean): void {
  // Somebody has the last day compared once more, in this weather.
  if (dice.next() < 0.3) void afterwards(stage, dice.below(lengthMs), () => auditNight(stage));
  const orders = dice.pick([1, 3, 4, 6]);
  for (let number = 1; number <= orders; number += 1) {
    const beginsMs = number === 1 ? 0 : dice.below(lengthMs / 3);
    const play = drawPlay(dice, hasReservations);
    void afterwards(stage, beginsMs, async () => play(stage, dice, lengthMs - beginsMs));
  }
}

function drawPlay(dice: Dice, hasReservations: boolean) {
  const draw = hasReservations ? dice.next() : 1;
  if (draw < shareOfReservations) return playReservations;
  if (draw < shareOfReservations + shareOfAccounts) return playAccounts;
  return dice.next() < 0.35 ? playCharges : playWindows;
}

/** When the day is long over: whatever was never answered for good is asked once more. */
export async function askAgain(stage: Stage): Promise<void> {
  for (const name of stage.told.inDoubt()) await stage.repeats.get(name)?.();
}

type Happening = () => Promise<void>;

function playWindows(stage: Stage, dice: Dice, lengthMs: number): void {
  const merchantUid = stage.newName("ord");
  const amount = 10_000 + dice.below(10) * 1_000;
  const payMethod = dice.pick(["card", "card", "vbank", "trans"] as const);
  const expiresInMs = dice.next() < 0.3 ? (3 + dice.below(40)) * minuteMs : null;
  const soon = () => Math.floor(dice.next() ** 3 * lengthMs);
  const later = (happening: Happening, atMs = soon()) => void afterwards(stage, atMs, happening);
  // In some shops everybody pays twice.
  const twice = dice.next() < 0.2 ? 3 : 1;
  const maybe = (share: number, happening: () => void) => {
    if (dice.next() < share) happening();
  };
  const order = { merchantUid, amount, payMethod, expiresInMs };
  const pay = (what: "first" | "second" | "forged", method: typeof payMethod = payMethod) =>
    visit(stage, { merchantUid, amount, method, what });
  later(async () => {
    if (!(await create(stage, order))) return;
    const firstMs = dice.next() < 0.8 ? dice.below(2 * minuteMs) : dice.below(28 * minuteMs);
    maybe(0.93, () => later(() => pay("first"), firstMs));
    maybe(0.3 * twice, () =>
      later(
        () => pay("second", dice.pick(["card", "vbank"])),
        firstMs + dice.below(minuteMs * dice.pick([1, 20])),
      ),
    );
    maybe(0.15 * twice, () => later(() => pay("forged", "card"), dice.below(10 * minuteMs)));
    maybe(0.12, () => later(() => knock(stage, merchantUid)));
    maybe(0.12, () => later(() => makeUpAttempt(stage, merchantUid, amount), dice.below(20 * minuteMs)));
    maybe(0.12, () => later(() => openAccount(stage, merchantUid, amount), dice.below(10 * minuteMs)));
    maybe(0.2, () => later(() => takeBack(stage, merchantUid)));
    maybe(0.15, () => later(() => look(stage, merchantUid)));
    const refunds = dice.pick([0, 1, 2, 3, 4]);
    for (let count = 0; count < refunds; count += 1)
      later(() => refundBy(stage, dice.pick(refundHabits), merchantUid, amount), minuteMs + soon());
    maybe(0.2, () => later(async () => cancelInConsole(stage, merchantUid), minuteMs + soon()));
    maybe(payMethod === "card" ? 0 : 0.6, () =>
      later(() => keepReceipt(stage, merchantUid), minuteMs + soon()),
    );
    for (const share of [0.5, 0.4])
      maybe(share, () => later(() => decide(stage, merchantUid), soon() + 10 * minuteMs));
    maybe(0.3, () => later(() => decide(stage, merchantUid), lengthMs + dice.below(600 * minuteMs)));
  }, 0);
}

function playCharges(stage: Stage, dice: Dice, lengthMs: number): void {
  const debt: Debt = {
    name: stage.newName("debt"),
    first: stage.newName("charge"),
    amount: 10_000 + dice.below(10) * 1_000,
  };
  void afterwards(stage, dice.below(minuteMs), () => collect(stage, debt));
  const { first } = debt;
  const soon = () => minuteMs + Math.floor(dice.next() ** 2 * lengthMs);
  const refunds = dice.pick([0, 1, 1, 2, 3]);
  for (let count = 0; count < refunds; count += 1)
    void afterwards(stage, soon(), () => refundBy(stage, dice.pick(refundHabits), first, debt.amount));
  if (dice.next() < 0.15) void afterwards(stage, soon(), () => takeBack(stage, first));
  if (dice.next() < 0.15) void afterwards(stage, soon(), () => look(stage, first));
  if (dice.next() < 0.15) void afterwards(stage, soon(), () => knock(stage, first));
  if (dice.next() < 0.15) void afterwards(stage, soon(), async () => cancelInConsole(stage, first));
  if (dice.next() < 0.3) void afterwards(stage, soon(), () => decide(stage, first));
}

async function afterwards(stage: Stage, ms: number, happening: Happening): Promise<void> {
  await stage.sleep(ms);
  await happening();
}
