// One wrong answer of each kind the contract tests must find, made from a right one: `{status, body}` of
// GET /payments/{imp_uid}.

export interface SeenAnswer {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string | null; readonly response: unknown };
}

export interface PlantedDeviation {
  readonly kind: string;
  readonly plant: (answer: SeenAnswer) => SeenAnswer;
  /** What the finding must name. */
  readonly pointer: string;
  readonly rule: string;
}

const inPayment =
  (change: Readonly<Record<string, unknown>>): PlantedDeviation["plant"] =>
  ({ status, body }) => {
    const changed = { ...(body.response as object), ...change };
    // A field set to undefined is not in JSON.
    return { status, body: JSON.parse(JSON.stringify({ ...body, response: changed })) };
  };

export const plantedDeviations: readonly PlantedDeviation[] = [
  {
    kind: "a missing required property",
    plant: inPayment({ cancel_amount: undefined }),
    pointer: "/response/cancel_amount",
    rule: "required",
  },
  {
    kind: "a wrong type",
    plant: inPayment({ amount: "109000" }),
    pointer: "/response/amount",
    rule: "type",
  },
  {
    kind: "a wrong enum value",
    plant: inPayment({ status: "settled" }),
    pointer: "/response/status",
    rule: "enum",
  },
  {
    kind: "seconds given as milliseconds",
    plant: inPayment({ paid_at: 1_785_900_062_000 }),
    pointer: "/response/paid_at",
    rule: "maximum",
  },
  {
    kind: "null where not nullable",
    plant: inPayment({ merchant_uid: null }),
    pointer: "/response/merchant_uid",
    rule: "type",
  },
  {
    kind: "an undeclared status",
    plant: ({ body }) => ({ status: 203, body }),
    pointer: "",
    rule: "undeclared_status",
  },
];
