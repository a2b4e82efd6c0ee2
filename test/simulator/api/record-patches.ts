// The fault `record_patched`: what PortOne holds stays as it is, and what it answers about it reads otherwise. Every
// patch whose turn has come is laid over, oldest first; one that names a payment waits for answers that show it.
import { countCall, type FaultTarget } from "../faults.ts";
import type { Simulator } from "../simulator.ts";
import type { RecordPatch, StoredFault } from "../state.ts";
import type { Answer } from "./endpoint.ts";
import { mergePatch } from "./merge-patch.ts";

type Row = Readonly<Record<string, unknown>>;

/** What `*` means: a login, a price registered or a key is reached by its own name only. */
const aboutRecords =
  /^\w+ \/(payments(?!\/prepare)|receipts|vbanks|subscribe\/(payments|customers\/\{customer_uid\}\/))/;

/** The same answer when no patch was due. */
export function patchAnswer(simulator: Simulator, target: FaultTarget, answer: Answer): Answer {
  const { store } = simulator;
  const rows = rowsOf(answer.body.response);
  const due: { readonly patch: RecordPatch; readonly isMeant: (row: Row) => boolean }[] = [];
  store.together(() => {
    for (const fault of store.all("faults")) {
      const { patch } = fault;
      if (!patch || !isForCall(fault, target.call)) continue;
      const isMeant = (row: Row) => names(fault, identify(simulator, target, row));
      const isShown = rows.some(isMeant) || (patch.part === "envelope" && names(fault, target));
      if (isShown && countCall(store, fault, true)) due.push({ patch, isMeant });
    }
  });
  if (due.length === 0) return answer;
  const patchRow = (row: Row) =>
    due.reduce<unknown>(
      (patched, { patch, isMeant }) =>
        patch.part === "record" && isMeant(row) ? mergePatch(patched, patch.fields) : patched,
      row,
    );
  const body = { ...answer.body, response: mapRows(answer.body.response, patchRow) };
  const envelopes = due.filter(({ patch }) => patch.part === "envelope");
  const patched = envelopes.reduce<unknown>(
    (envelope, { patch }) => mergePatch(envelope, patch.fields),
    body,
  );
  // An envelope that was patched may be none any more, which is what it was patched for.
  return { ...answer, body: patched as Answer["body"] };
}

const isForCall = (fault: StoredFault, call: string): boolean =>
  fault.call === "*" ? aboutRecords.test(call) : fault.call === call;

type Named = Omit<FaultTarget, "call">;

const names = (fault: StoredFault, { impUid, merchantUid }: Named): boolean =>
  (fault.impUid === null || fault.impUid === impUid) &&
  (fault.merchantUid === null || fault.merchantUid === merchantUid);

/** By what the row says itself, unpatched; by what was asked for where it says nothing. */
function identify({ store }: Simulator, target: FaultTarget, row: Row): Named {
  const impUid = textOf(row["imp_uid"]);
  const merchantUid = textOf(row["merchant_uid"]);
  if (impUid === null && merchantUid === null) return target;
  const payment = impUid === null ? null : store.get("payments", impUid);
  return { impUid, merchantUid: merchantUid ?? payment?.merchantUid ?? null };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

function rowsOf(response: unknown): readonly Row[] {
  const rows: Row[] = [];
  mapRows(response, (row) => {
    rows.push(row);
    return row;
  });
  return rows;
}

/** One record, a list of them, or a page of a list. */
function mapRows(response: unknown, change: (row: Row) => unknown): unknown {
  if (Array.isArray(response)) return response.map((row: unknown) => (isRow(row) ? change(row) : row));
  if (!isRow(response)) return response;
  if ("list" in response) return { ...response, list: mapRows(response["list"], change) };
  return change(response);
}
