// The protocol under every call that changes something at PortOne: rules, login, claim, send, record. A claim is a
// conditional write that counts the send before it is made; whoever finds its own claim in the order has won, whatever
// the write was answered, because its first answer may have been lost. Only the winner sends, once. Nobody is told that
// nothing was started while a claim may stand, or may still land.
import { type AuditReport, isSameProgress } from "../domain/audit.ts";
import type { Operation } from "../domain/operation.ts";
import type { Actor, Order, Stamp } from "../domain/order.ts";
import type { Call, Clock, Pause } from "../ports/environment.ts";
import {
  type AuditStore,
  type ExternalSale,
  type ExternalSaleStore,
  type OrderStore,
  StorageUnavailableError,
} from "../ports/table.ts";

/** PortOne's time for a change, with its login and a refused token's repeat. */
export const changeNeedsMs = 10_000;
/** A refusal's record, asked for once: it says which refusal it was. */
export const recordNeedsMs = 4_000;
/** One call to the table, with the repeat inside the client. */
export const tableNeedsMs = 1_700;

/** The call, the record of a refusal, and the two writes of what came of it. */
const finishNeedsMs = changeNeedsMs + recordNeedsMs + 2 * tableNeedsMs;

/** After a claim that took its time: no call is begun that the invocation's end would cut off. */
export const hasTimeToFinish = ({ timeLeftMs }: Call): boolean => timeLeftMs() >= finishNeedsMs;

/** The claim, and the read where its answer was lost. */
const sendNeedsMs = finishNeedsMs + 2 * tableNeedsMs;

/** Enough of the invocation is left to claim, to send and to write down what came back; otherwise nothing is claimed. */
export const hasTimeToSend = ({ timeLeftMs }: Call): boolean => timeLeftMs() >= sendNeedsMs;

/** Who makes this invocation's changes, as of now. */
export const stampOf = (by: Actor, { key }: Pick<Call, "key">, clock: Clock): Stamp => ({
  by,
  atMs: clock.nowMs(),
  key,
});

/** The one comparison of claims: the operation is the one this invocation claimed. */
export const isOurs = (operation: Pick<Operation, "claimToken"> | null, claimToken: string): boolean =>
  operation?.claimToken === claimToken;

/** What the table answered; null when it did not. */
export async function unlessSilent<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StorageUnavailableError) return null;
    throw error;
  }
}

export type Claimed<Of = { readonly order: Order }> =
  /** To be sent on; as it stands in the table. */
  | ({ readonly outcome: "ours" } & Of)
  /** Certainly no claim of ours, and none that can still land. */
  | ({ readonly outcome: "theirs" } & Of)
  /** It may stand, or still land: whoever asked is told that it is not known yet. */
  | { readonly outcome: "unreadable" };

const unreadable = { outcome: "unreadable" } as const;

/**
 * Writes the claim over the order it was decided on. Throws StorageUnavailableError when the write got no answer and
 * can have no effect any more, so that "nothing was started" is true.
 */
export async function claimOnOrder(
  order: Order,
  claimed: Order,
  claimToken: string,
  store: OrderStore,
): Promise<Claimed> {
  const write = async (previous: Order, next: Order) => {
    const { outcome, order: stored } = await store.update(previous, next);
    return { isWritten: outcome === "updated", stored };
  };
  const read = () => store.read(order.merchantUid);
  const standing = await standingAfter(order, write(order, claimed), { read, write });
  return standing ? judge(standing, claimToken) : unreadable;
}

/** Stores a new order that carries its claim. Without an order to read there is no version to take away. */
export async function claimNewOrder(claimed: Order, claimToken: string, store: OrderStore): Promise<Claimed> {
  const created = await unlessSilent(store.create(claimed));
  if (created?.outcome === "created") return { outcome: "ours", order: claimed };
  const standing = created ? created.order : await unlessSilent(store.read(claimed.merchantUid));
  return standing ? judge(standing, claimToken) : unreadable;
}

/** As on an order, over the sale's item; of one that was not written down yet there is no version to take away. */
export async function claimOnSale(
  sale: ExternalSale | null,
  claimed: Omit<ExternalSale, "version">,
  claimToken: string,
  sales: ExternalSaleStore,
): Promise<Claimed<{ readonly sale: ExternalSale }>> {
  const write = async (previous: ExternalSale | null, next: Omit<ExternalSale, "version">) => {
    const { outcome, sale: stored } = await sales.writeSale(previous, next);
    return { isWritten: outcome === "updated", stored };
  };
  const read = () => sales.readSale(claimed.merchantUid);
  const standing = await standingAfter(sale, write(sale, claimed), { read, write });
  if (!standing) return unreadable;
  return { outcome: isOurs(standing.slot.operation, claimToken) ? "ours" : "theirs", sale: standing };
}

interface Look {
  readonly dueAtMs: number | null;
  readonly looks: number;
}

/**
 * The claim of a look at an item beside the orders stands there. It carries no token: whoever wrote the same at the same
 * time looks as well, and every call that changes something has a claim of its own.
 */
export const isLookClaimed = (
  stored: (Look & { readonly version: number }) | null,
  { dueAtMs, looks }: Look,
  previousVersion: number,
): boolean => stored?.version === previousVersion + 1 && stored.dueAtMs === dueAtMs && stored.looks === looks;

interface Written<Stored> {
  readonly isWritten: boolean;
  /** What stands there. */
  readonly stored: Stored;
}

interface Place<Stored> {
  readonly read: () => Promise<Stored | null>;
  readonly write: (previous: Stored, next: Stored) => Promise<Written<Stored>>;
}

/** What stands where a claim was written over `previous`; null when nobody can say. */
async function standingAfter<Stored extends { readonly version: number }>(
  previous: Stored | null,
  writing: Promise<Written<Stored>>,
  place: Place<Stored>,
): Promise<Stored | null> {
  const written = await unlessSilent(writing);
  if (written) return written.stored;
  const standing = await unlessSilent(place.read());
  if (!standing || standing.version !== previous?.version) return standing;
  // Not there is not enough: the write may be on its way. It stands on this version, so the version is taken away.
  const taken = await unlessSilent(place.write(standing, standing));
  if (taken?.isWritten) throw new StorageUnavailableError("a claim could not be written");
  return taken?.stored ?? null;
}

function judge(order: Order, claimToken: string): Claimed {
  const { cancel, charge, instruction, receiptOperation, lookClaim } = order;
  const look = lookClaim === null ? null : { claimToken: lookClaim };
  const isClaimed = [cancel, charge, instruction, receiptOperation, look].some((slot) =>
    isOurs(slot, claimToken),
  );
  return { outcome: isClaimed ? "ours" : "theirs", order };
}

const mostRounds = 5;

export type BoundedWrite =
  /** `order` as it stands now; nothing is written when the change is none. */
  | { readonly outcome: "written"; readonly order: Order }
  /** The change is not possible on what stands there. */
  | { readonly outcome: "impossible"; readonly order: Order }
  /** Others were faster, five times. */
  | { readonly outcome: "busy"; readonly order: Order };

/** Writes a change, again on the newest version when somebody wrote in between, a bounded number of times. */
export async function writeChange(
  order: Order,
  change: (order: Order) => Order | null,
  store: OrderStore,
): Promise<BoundedWrite> {
  let newest = order;
  for (let round = 1; round <= mostRounds; round += 1) {
    const next = change(newest);
    if (next === null) return { outcome: "impossible", order: newest };
    if (next === newest) return { outcome: "written", order: newest };
    const written = await store.update(newest, next);
    newest = written.order;
    if (written.outcome === "updated") return { outcome: "written", order: newest };
  }
  return { outcome: "busy", order: newest };
}

const mostTries = 3;

/**
 * Stores how far an audit has come, over the version it was read at; the same may be written as often as it takes.
 * Whoever wrote it, it is kept when it stands there. False when somebody else is further or elsewhere.
 */
export async function keepProgress(
  report: AuditReport,
  previousVersion: number,
  audits: AuditStore,
): Promise<boolean> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    if (await unlessSilent(audits.writeAudit(report, previousVersion))) return true;
    const stored = await audits.readAudit(report.day);
    if ((stored?.version ?? 0) !== previousVersion)
      return stored?.version === previousVersion + 1 && isSameProgress(stored.report, report);
  }
  throw new StorageUnavailableError(`the audit of ${report.day} could not be kept`);
}

const waitMs = 5_000;
const lookEveryMs = 250;

/** Turns of waiting for whoever holds a claim, 5 s in all; between two turns the caller looks. */
export async function* turnsOfWaiting(pause: Pause): AsyncGenerator<undefined> {
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += lookEveryMs) {
    await pause(lookEveryMs);
    yield;
  }
}
