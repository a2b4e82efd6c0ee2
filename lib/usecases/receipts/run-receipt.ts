// Issuing and cancelling a cash receipt: written down, sent once, the answer written down. Issuing again
// is safe (PortOne refuses a second live receipt); a DELETE names no receipt and waits for QUIET.

import { sendWindowMs } from "../../domain/cancel.ts";
import type { ReceiptRefusal } from "../../domain/ksnet/receipt-rules.ts";
import {
  claimReceipt,
  finishReceipt,
  markReceiptUnknown,
  type ReceiptBook,
  type ReceiptDraft,
  type ReceiptOperation,
  type ReceiptRecord,
  releaseReceipt,
  resolveReceipt,
} from "../../domain/receipt.ts";
import type { Clock, Identifiers } from "../../ports/environment.ts";
import type { CallResult, ReceiptGateway, ReceiptIssueRequest, ReceiptTarget } from "../../ports/portone.ts";
import type { BookKeeper, BookPage } from "./receipt-slot.ts";

export interface ReceiptPorts {
  readonly receipts: ReceiptGateway;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

export type ReceiptResult =
  | { readonly outcome: "done" | "pending"; readonly book: ReceiptBook }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string }
  | {
      readonly outcome: "refused";
      readonly refusal: ReceiptRefusal | "order_not_found" | "receipt_not_found";
    };

/** What to issue for this page of the book, or which rule forbids it. */
export type ReceiptPlan =
  | {
      readonly plan: "issue";
      readonly draft: ReceiptDraft;
      readonly request: Omit<ReceiptIssueRequest, "target" | "draft">;
    }
  | { readonly plan: "refuse"; readonly refusal: ReceiptRefusal };

const mostRounds = 5;
/** The call's limit and the record of it: so long somebody may still be at work on a claim. */
const workingMs = 15_000;

/** Issues what the plan says. Repeating the same request resumes an unknown one. */
export async function issueReceipt(
  keeper: BookKeeper,
  planFor: (page: BookPage) => ReceiptPlan,
  ports: ReceiptPorts,
): Promise<ReceiptResult> {
  let page = await keeper.read();
  for (let round = 1; page && round <= mostRounds; round += 1) {
    const { operation } = page.book;
    if (!operation && page.book.receipt?.state === "issued") return refused("receipt_exists");
    const planned = planFor(page);
    if (planned.plan === "refuse") return refused(planned.refusal);
    const { target } = page;
    if (!target) throw new Error("a receipt was planned for an order nobody paid");
    if (operation) {
      if (operation.draft?.bodyHash !== planned.draft.bodyHash) return inFlight(operation);
      const resumed = await resume(keeper, page, operation, target, ports);
      if (resumed) return resumed;
    }
    const send = () => ports.receipts.issueReceipt({ ...planned.request, target, draft: planned.draft });
    const sent = await claimAndSend(keeper, page, "receipt_issue", planned.draft, target, send, ports);
    if (sent.outcome !== "lost") return sent;
    page = sent.page;
  }
  return page ? { outcome: "unavailable", why: "the receipt kept changing" } : refused("order_not_found");
}

/** Cancels the live receipt; one cancelled before is answered alike. */
export async function cancelReceipt(keeper: BookKeeper, ports: ReceiptPorts): Promise<ReceiptResult> {
  let page = await keeper.read();
  for (let round = 1; page && round <= mostRounds; round += 1) {
    const { receipt, operation } = page.book;
    const { target } = page;
    if (!receipt && !operation) return refused("receipt_not_found");
    if (!target) throw new Error("a receipt exists for an order nobody paid");
    if (operation?.kind === "receipt_issue") return inFlight(operation);
    if (!operation && receipt?.state === "cancelled") return { outcome: "done", book: page.book };
    if (operation) {
      const resumed = await resume(keeper, page, operation, target, ports);
      if (resumed) return resumed;
    }
    const send = () => ports.receipts.cancelReceipt(target);
    const sent = await claimAndSend(keeper, page, "receipt_cancel", null, target, send, ports);
    if (sent.outcome !== "lost") return sent;
    page = sent.page;
  }
  return page ? { outcome: "unavailable", why: "the receipt kept changing" } : refused("receipt_not_found");
}

/** The sweep's and the doors' look at a call whose answer was lost. */
export async function resolveReceiptCall(
  keeper: BookKeeper,
  ports: ReceiptPorts,
): Promise<"resolved" | "waiting" | "stuck" | "nothing_open"> {
  const page = await keeper.read();
  const operation = page?.book.operation;
  if (!page?.target || !operation) return "nothing_open";
  const { target } = page;
  const looked = await look(page.book, operation, target, ports);
  switch (looked.verdict) {
    case "happened":
      return (await keeper.write(finishReceipt(page.book, operation, looked.record))).isWritten
        ? "resolved"
        : "waiting";
    case "nothing_happened":
      return (await keeper.write(releaseReceipt(page.book))).isWritten ? "resolved" : "waiting";
    case "send_again": {
      const send = () => ports.receipts.cancelReceipt(target);
      const sent = await claimAndSend(keeper, page, "receipt_cancel", null, target, send, ports);
      return sent.outcome === "done" ? "resolved" : "waiting";
    }
    case "stuck":
      return "stuck";
    default:
      return "waiting";
  }
}

/** Null when the caller may send (again); else what to answer. */
async function resume(
  keeper: BookKeeper,
  page: BookPage,
  operation: ReceiptOperation,
  target: ReceiptTarget,
  ports: ReceiptPorts,
): Promise<ReceiptResult | null> {
  const pending = { outcome: "pending" as const, book: page.book };
  const isAtWork = operation.state === "claimed" && ports.clock.nowMs() - operation.sentAtMs < workingMs;
  if (isAtWork) return pending;
  const looked = await look(page.book, operation, target, ports);
  if (looked.verdict === "happened") {
    const written = await keeper.write(finishReceipt(page.book, operation, looked.record));
    return { outcome: written.page.book.operation ? "pending" : "done", book: written.page.book };
  }
  if (looked.verdict === "unavailable") return pending;
  const maySend = operation.kind === "receipt_issue" || looked.verdict === "send_again";
  return maySend ? null : pending;
}

type Looked =
  | { readonly verdict: "happened"; readonly record: ReceiptRecord }
  | { readonly verdict: "wait" | "nothing_happened" | "send_again" | "stuck" | "unavailable" };

async function look(
  book: ReceiptBook,
  operation: ReceiptOperation,
  target: ReceiptTarget,
  ports: ReceiptPorts,
): Promise<Looked> {
  const fetched = await ports.receipts.fetchReceipt(target);
  if (fetched.outcome === "unavailable") return { verdict: "unavailable" };
  const { record } = fetched;
  const verdict = resolveReceipt(book, operation, record, ports.clock.nowMs());
  if (verdict !== "happened") return { verdict };
  return record ? { verdict, record } : { verdict: "wait" };
}

async function claimAndSend(
  keeper: BookKeeper,
  page: BookPage,
  kind: ReceiptOperation["kind"],
  draft: ReceiptDraft | null,
  target: ReceiptTarget,
  send: () => Promise<CallResult<ReceiptRecord>>,
  ports: ReceiptPorts,
): Promise<ReceiptResult | { readonly outcome: "lost"; readonly page: BookPage }> {
  const login = await ports.receipts.login();
  if (login.outcome === "unavailable") return login;
  const owner = ports.ids.newOwner();
  const wanted = claimReceipt(page.book, kind, draft, owner, ports.clock.nowMs());
  const claimed = await keeper.write(wanted);
  const { book } = claimed.page;
  const { operation } = book;
  // The write took effect though its first answer was lost: whoever finds its own owner has won.
  if (!operation || operation.owner !== owner) return { outcome: "lost", page: claimed.page };
  if (ports.clock.nowMs() - operation.sentAtMs > sendWindowMs) return { outcome: "pending", book };
  const result = await send();
  if (result.outcome === "done") return recordReceipt(keeper, book, operation, result.value);
  // An earlier send of unknown outcome may still be at work, so only a first refusal is the last word.
  if (result.outcome === "refused") {
    const looked = await look(book, operation, target, ports);
    if (looked.verdict === "happened") return recordReceipt(keeper, book, operation, looked.record);
    if (operation.sends === 1) {
      await keeper.write(releaseReceipt(book));
      return { outcome: "provider_refused", message: result.message };
    }
  }
  await keeper.write(markReceiptUnknown(book));
  return { outcome: "pending", book };
}

/** Losing this write leaves the claim, which the next look resolves from PortOne's receipt. */
async function recordReceipt(
  keeper: BookKeeper,
  book: ReceiptBook,
  operation: ReceiptOperation,
  record: ReceiptRecord,
): Promise<ReceiptResult> {
  const finished = finishReceipt(book, operation, record);
  const first = await keeper.write(finished);
  if (first.isWritten) return { outcome: "done", book: first.page.book };
  // The order moved for another reason; the slot is still ours, so its answer still belongs in it.
  if (first.page.book.operation?.owner !== operation.owner) return { outcome: "done", book: first.page.book };
  const second = await keeper.write(finished);
  return { outcome: second.isWritten ? "done" : "pending", book: second.page.book };
}

const refused = (refusal: Extract<ReceiptResult, { outcome: "refused" }>["refusal"]) =>
  ({ outcome: "refused", refusal }) as const;

const inFlight = (operation: ReceiptOperation) =>
  ({ outcome: "operation_in_flight", operationId: operation.id }) as const;
