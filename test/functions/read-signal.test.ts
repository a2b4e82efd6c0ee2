// PortOne's doors read their fields by hand and are described by schemas: both take and refuse the same bodies.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confirmBody } from "../../lib/http/requests/confirm.ts";
import { noticeBody } from "../../lib/http/requests/notice.ts";
import { readConfirm, readNotice } from "../../lib/http/requests/read-signal.ts";

type Body = Readonly<Record<string, unknown>>;

const reads = (read: (body: Body) => unknown, body: Body): boolean => {
  try {
    read(body);
    return true;
  } catch {
    return false;
  }
};

const odd = fc.oneof(
  fc.constantFrom(undefined, null, "", " ", ".", "..", "null", true, false, [], {}, ["imp_1"], { a: 1 }),
  fc.string({ unit: "grapheme", maxLength: 45 }),
  fc.double(),
);
const id = (alphabet: string, longest: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: longest });
const amount = fc.oneof(
  fc.integer({ min: -5, max: 1_100_000_000 }),
  fc.double({ min: 0, max: 10_000, noNaN: true }),
  fc.constantFrom("109000", "109,000", "1e5", "+1", "-1", "12.34", "12.345", "999999999", "1000000000", "원"),
);
const body = fc.record(
  {
    imp_uid: fc.oneof(id("imp_019-/.가", 34), odd),
    merchant_uid: fc.oneof(id("ord-.:~_#가1", 42), odd),
    amount: fc.oneof(amount, odd),
    status: odd,
    cancellation_id: odd,
    more: odd,
  },
  { requiredKeys: [] },
);
const good = { imp_uid: "imp_730112845061", merchant_uid: "ord-20260805-000142", amount: 109_000 };
/** Mostly good, so that each field decides by itself as well. */
const bodies = fc.oneof(
  body,
  body.map((fields) => ({ ...fields, ...good })),
  fc
    .record({
      key: fc.constantFrom(...Object.keys(good), "status", "cancellation_id"),
      value: fc.oneof(odd, amount),
    })
    .map(({ key, value }) => ({ ...good, [key]: value })),
);

describe.each<[string, (body: Body) => object, typeof confirmBody | typeof noticeBody]>([
  ["confirm", readConfirm, confirmBody],
  ["notice", readNotice, noticeBody],
])("%s", (_, read, schema) => {
  it("takes what its schema takes, and nothing else", () => {
    fc.assert(
      fc.property(bodies, (fields) => {
        expect(reads(read, fields)).toBe(schema.safeParse(fields).success);
      }),
      { numRuns: 3_000 },
    );
  });
  it("gives what its schema gives", () => {
    const told = { ...good, status: "paid", cancellation_id: "c-8f31d2" };
    expect(read(told)).toEqual(schema.parse(told));
  });
});
