// The file of --seed-file: read, and held against its schema. What its records mean is begin-with.ts.
import { readFileSync } from "node:fs";
import * as z from "zod";
import { payMethods } from "./ksnet-codes.ts";
import type { SeedRecords } from "./public-types.ts";

export const seedFileCodes = [
  "seed_file_unreadable",
  "seed_file_not_json",
  "seed_file_invalid",
  "seed_file_impossible",
] as const;

type SeedFileCode = (typeof seedFileCodes)[number];

/** The message names the place in the file. */
export class SeedFileError extends Error {
  override readonly name = "SeedFileError";
  readonly code: SeedFileCode;

  constructor(code: SeedFileCode, message: string) {
    super(message);
    this.code = code;
  }
}

const text = (length: number) => z.string().min(1).max(length);
const amount = z.number().positive();

const orderSchema = z.strictObject({
  merchant_uid: text(40),
  amount,
  status: z.enum(["prepared", "ready", "paid", "failed"]),
  imp_uid: z
    .string()
    .regex(/^imps?_\w{1,27}$/)
    .optional(),
  pay_method: z
    .string()
    .refine((value) => payMethods.includes(value), "unknown pay method")
    .optional(),
  currency: text(3).optional(),
  tax_free: z.number().min(0).optional(),
  name: text(40).optional(),
  buyer_name: text(16).optional(),
  buyer_email: text(64).optional(),
  buyer_tel: text(16).optional(),
  vbank_due: text(19).optional(),
  paid_at: z.iso.datetime({ offset: true }).optional(),
  fail_reason: text(200).optional(),
  cancels: z
    .array(z.strictObject({ amount, tax_free: z.number().min(0).optional(), reason: text(200).optional() }))
    .optional(),
});

const customerSchema = z.strictObject({
  customer_uid: text(80),
  card_number: text(19),
  customer_name: text(20).optional(),
  customer_tel: text(20).optional(),
  customer_email: text(200).optional(),
});

export const seedFileFields = [...Object.keys(orderSchema.shape), ...Object.keys(customerSchema.shape)];

const schema: z.ZodType<SeedRecords> = z.strictObject({
  orders: z.array(orderSchema).optional(),
  customers: z.array(customerSchema).optional(),
});

export function readSeedFile(path: string): SeedRecords {
  const json = readText(path);
  try {
    return checkRecords(JSON.parse(json));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SeedFileError("seed_file_not_json", `${path} is not JSON: ${error.message}`);
  }
}

/** Throws a SeedFileError that names each field that is wrong. */
export function checkRecords(records: unknown): SeedRecords {
  const parsed = schema.safeParse(records);
  if (parsed.success) return parsed.data;
  throw new SeedFileError("seed_file_invalid", parsed.error.issues.map(describe).join("; "));
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join(".");
  const what = issue.code === "unrecognized_keys" ? `unknown field ${issue.keys.join(", ")}` : issue.message;
  return where === "" ? what : `${where}: ${what}`;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SeedFileError("seed_file_unreadable", `${path} cannot be read: ${why}`);
  }
}
