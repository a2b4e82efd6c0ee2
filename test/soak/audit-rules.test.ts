// What KSNET forbids is not sent, although the simulator would take it.
import { describe, expect, it } from "vitest";
import { auditRules } from "./audit-rules.ts";
import { entry, payment } from "./healthy.ts";
import { consoleReason, type Payment } from "./world.ts";

const at = (time: string) => Date.parse(`2026-08-05T${time}+09:00`) / 1000;
const sent = (pay_method: string, time: string, more: Partial<typeof entry> = {}): Payment =>
  payment({ pay_method, cancel_history: [{ ...entry, cancelled_at: at(time), ...more }] });
const inParts = (count: number, amount = 1_000): Payment =>
  payment({ cancel_history: Array.from({ length: count }, () => ({ ...entry, amount })) });

describe("the auditor of KSNET's rules", () => {
  it.each<readonly [string, Payment]>([
    ["an account's that is sent when it opens", sent("vbank", "06:00:00")],
    ["an account's that is sent before it closes", sent("vbank", "22:59:59")],
    ["a card's at night", sent("card", "02:15:00")],
    ["a console's cancel of an account at night", sent("vbank", "02:15:00", { reason: consoleReason })],
    ["a whole phone payment", sent("phone", "12:00:00", { amount: 109_000 })],
    ["nine parts", inParts(9)],
  ])("finds nothing about %s", (_, paid) => {
    expect(auditRules([paid])).toEqual([]);
  });

  it.each<readonly [string, Payment]>([
    ["an account's when it closes", sent("vbank", "23:00:00")],
    ["an account's before it opens", sent("vbank", "05:59:59")],
    ["a phone payment's part", sent("phone", "12:00:00")],
    ["a tenth part", inParts(10)],
  ])("finds %s", (_, paid) => {
    expect(auditRules([paid])).toMatchObject([{ kind: "rule_broken", merchantUid: "ord-1" }]);
  });
});
