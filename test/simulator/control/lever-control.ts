// Settings, faults and the clock: what a test turns to make the provider behave otherwise.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { canStrike, isFaultName } from "../faults.ts";
import { changeSettings, settingsChangeSchema } from "../settings.ts";
import type { Simulator } from "../simulator.ts";
import type { RecordPatch, StoredFault } from "../state.ts";
import { ControlError, readBody } from "./control-error.ts";

const faultSchema = z.strictObject({
  name: z.string(),
  call: z.string().optional(),
  occurrence: z.int().min(1).default(1),
  count: z.int().min(1).default(1),
  imp_uid: z.string().nullish(),
  merchant_uid: z.string().nullish(),
  delay_ms: z.number().min(0).nullish(),
  patch: z.record(z.string(), z.unknown()).optional(),
  part: z.enum(["record", "envelope"]).optional(),
});
const clockSchema = z.union([
  z.strictObject({ advance_ms: z.number().min(0) }),
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
]);

export function serveLeverControl(app: FastifyInstance, simulator: Simulator): void {
  const { store, clock } = simulator;
  app.get("/_control/settings", () => simulator.settings);
  app.put("/_control/settings", ({ body }) => {
    const change = readBody(settingsChangeSchema, body);
    store.setOne("settings", changeSettings(simulator.settings, change));
    return simulator.settings;
  });

  const listFaults = () => ({ faults: [...store.all("faults")].map(viewFault) });
  app.get("/_control/faults", listFaults);
  app.post("/_control/faults", ({ body }) => {
    addFault(simulator, readBody(faultSchema, body));
    return listFaults();
  });
  app.delete("/_control/faults", () => {
    store.together(() => {
      for (const fault of [...store.all("faults")]) store.remove("faults", fault.id);
    });
    return listFaults();
  });

  const now = () => ({ now: new Date(clock.nowMs()).toISOString() });
  app.get("/_control/clock", now);
  app.post("/_control/clock", async ({ body }) => {
    const move = readClock(body);
    if ("set" in move) await clock.set(Date.parse(move.set));
    else await clock.advance(move.advance_ms);
    return now();
  });
}

/** The union's own message names neither field, so the one that was tried is judged alone. */
function readClock(body: unknown): z.infer<typeof clockSchema> {
  const [advance, set] = clockSchema.options;
  const wantsSet = typeof body === "object" && body !== null && "set" in body;
  return wantsSet ? readBody(set, body) : readBody(advance, body);
}

function addFault(simulator: Simulator, fields: z.infer<typeof faultSchema>): void {
  const { name } = fields;
  if (!isFaultName(name)) throw new ControlError(400, `name: unknown fault ${name}`);
  const call = fields.call ?? (name.startsWith("notice_") ? "notice" : "*");
  if (!canStrike(name, call)) throw new ControlError(400, `call: ${name} cannot strike ${call}`);
  const patch = readPatch(fields);
  const n = simulator.nextNumber("fault");
  const fault: StoredFault = {
    id: `f_${n}`,
    n,
    name,
    call,
    occurrence: fields.occurrence,
    count: fields.count,
    impUid: fields.imp_uid ?? null,
    merchantUid: fields.merchant_uid ?? null,
    delayMs: fields.delay_ms ?? null,
    patch,
    seen: 0,
    hits: 0,
  };
  simulator.store.put("faults", fault.id, fault);
}

function readPatch({ name, patch, part }: z.infer<typeof faultSchema>): RecordPatch | null {
  if (name !== "record_patched") {
    if (patch ?? part) throw new ControlError(400, `patch, part: not of ${name}`);
    return null;
  }
  if (!patch) throw new ControlError(400, `patch: ${name} wants one`);
  return { part: part ?? "record", fields: patch };
}

const viewFault = (fault: StoredFault) => ({
  name: fault.name,
  call: fault.call,
  occurrence: fault.occurrence,
  count: fault.count,
  imp_uid: fault.impUid,
  merchant_uid: fault.merchantUid,
  delay_ms: fault.delayMs,
  ...(fault.patch && { part: fault.patch.part, patch: fault.patch.fields }),
  hits: fault.hits,
});
