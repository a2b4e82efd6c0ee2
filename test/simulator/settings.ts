// What PortOne's console and support desk set for a merchant, plus latency and the switches. Changed whole
// fields at a time; an unknown name is refused by the schema.
import * as z from "zod";
import { contractNames } from "./contracts.ts";
import { defaultSwitches, switchesSchema } from "./switches.ts";

const json = "application/json";
const form = "application/x-www-form-urlencoded";
/** The console says "JSON" or "form"; the short words are taken for the types they mean. */
const contentType = z
  .enum([json, form, "json", "form"])
  .transform((value) => (value === "json" ? json : value === "form" ? form : value));

const fields = {
  /** The console's notice address; none until set. */
  webhook_url: z.url().nullable(),
  webhook_content_type: contentType,
  /** Five more attempts, a minute apart, on no answer or 5xx. */
  webhook_resend: z.boolean(),
  /** The browser waits for the notice's answer. */
  webhook_first: z.boolean(),
  /** Opted in to `confirm_url`, which merchants ask for by mail. */
  confirm_enabled: z.boolean(),
  confirm_timeout_ms: z.int().min(1).max(120_000),
  /** New payments are made on a test channel. */
  sandbox: z.boolean(),
  channel_key: z.string(),
  mid: z.string(),
  /** The shop is contracted for digital goods (phone payments). */
  digital_shop: z.boolean(),
  /** What the shop is contracted for at KSNET. */
  contracts: z.array(z.enum(contractNames)),
  /** Card companies (codes) that have not yet passed a new shop; they decline. */
  cards_under_review: z.array(z.string()),
} as const;

/** Milliseconds before an API answer, by `"GET /payments/{imp_uid}"`, else `default`. */
const latency = z.record(z.string(), z.number().min(0).max(600_000));

const settingsSchema = z.strictObject({ ...fields, latency_ms: latency, switches: switchesSchema });

/** Any part of the settings; what is left out stays. */
export const settingsChangeSchema = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  latency_ms: latency.optional(),
  switches: switchesSchema.partial().optional(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const defaultSettings: Settings = {
  webhook_url: null,
  webhook_content_type: json,
  webhook_resend: false,
  webhook_first: false,
  confirm_enabled: true,
  confirm_timeout_ms: 10_000,
  sandbox: false,
  channel_key: "channel-key-00000000-0000-0000-0000-000000000000",
  mid: "2999199999",
  digital_shop: false,
  contracts: [...contractNames],
  cards_under_review: [],
  latency_ms: { default: 0 },
  switches: defaultSwitches,
};

/** The settings with the given parts replaced. */
export function changeSettings(settings: Settings, change: SettingsChange): Settings {
  const { latency_ms, switches, ...rest } = change;
  return {
    ...settings,
    ...withoutAbsent(rest),
    latency_ms: { ...settings.latency_ms, ...latency_ms },
    switches: { ...settings.switches, ...withoutAbsent(switches ?? {}) },
  };
}

type Present<Part> = { [Key in keyof Part]?: Exclude<Part[Key], undefined> };

/** A field that is present but undefined must not erase the one it would replace. */
function withoutAbsent<Part extends object>(part: Part): Present<Part> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Present<Part>;
}
