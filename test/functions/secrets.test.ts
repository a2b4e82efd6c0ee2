// What secrets look like, and which of them a function reads. What is wrong is told by the setting's name, never with
// its value.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  parametersOf,
  readSecrets,
  type SecretName,
  secretNames,
  secretsFor,
  secretsOf,
} from "../../lib/secrets.ts";

const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
const urlKeys = ["first-key-of-32-bytes-0123456789", "second-key-of-32-bytes-012345678"].map(base64);
const key = { name: "shop-2026", sha256: "a".repeat(64), scopes: ["orders"] };
const other = { ...key, name: "shop-2027", sha256: "b".repeat(64) };
const localKey = `local:${Buffer.alloc(32, 7).toString("base64")}`;
const kmsKey = "kms:arn:aws:kms:ap-northeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const good: Readonly<Record<string, string>> = {
  PAY_PORTONE_KEY: "1234567890123456",
  PAY_PORTONE_SECRET: "s3cr3t-of-portone",
  PAY_URL_KEYS: urlKeys[0] ?? "",
  PAY_DATA_KEY: localKey,
  PAY_EVENTS_KEY: `whsec_${base64("events-key-of-32-bytes-012345678")}`,
};

function read(more: Readonly<Record<string, string>> = {}, names: readonly SecretName[] = secretNames) {
  const texts = { ...good, ...more };
  const problems: string[] = [];
  const secrets = readSecrets(
    (name) => texts[name] ?? null,
    names,
    "prod",
    (name, why) => problems.push(`${name}: ${why}`),
  );
  return { secrets, problems, named: problems.map((problem) => problem.split(":")[0]) };
}

it("what must be there is enough", () => {
  expect(read()).toMatchObject({
    problems: [],
    secrets: { portoneKey: "1234567890123456", merchantKeys: [], dataKeys: [{ kind: "local" }] },
  });
});

it.each<[string, string]>([
  ["PAY_URL_KEYS", "c2hvcnQ="],
  ["PAY_URL_KEYS", `${urlKeys[0]},c2hvcnQ=`],
  ["PAY_URL_KEYS", `${urlKeys[0]},${urlKeys[1]},${urlKeys[0]}`],
  ["PAY_URL_KEYS", `${urlKeys[0]},${urlKeys[0]}`],
  ["PAY_URL_KEYS", "this is a pass phrase not base64"],
  ["PAY_URL_KEYS", Buffer.alloc(32).toString("base64")],
  ["PAY_URL_KEYS", base64("0101010101010101010101")],
  ["PAY_URL_KEYS", `${urlKeys[0]},${base64("secretsecretsecretsecret")}`],
  ["PAY_URL_KEYS", Buffer.from(Array.from({ length: 32 }, (_, index) => 250 + index)).toString("base64")],
  ["PAY_MERCHANT_KEYS", "shop-2026"],
  ["PAY_MERCHANT_KEYS", "{}"],
  ["PAY_MERCHANT_KEYS", JSON.stringify([{ ...key, name: "" }])],
  ["PAY_MERCHANT_KEYS", JSON.stringify([{ ...key, sha256: "a".repeat(63) }])],
  ["PAY_MERCHANT_KEYS", JSON.stringify([{ ...key, scopes: ["everything"] }])],
  ["PAY_MERCHANT_KEYS", JSON.stringify([{ ...key, scopes: "orders" }])],
  ["PAY_MERCHANT_KEYS", JSON.stringify([key, null])],
  ["PAY_MERCHANT_KEYS", JSON.stringify([key, { ...other, sha256: key.sha256.toUpperCase() }])],
  ["PAY_MERCHANT_KEYS", JSON.stringify([{ ...key, sha256: createHash("sha256").digest("hex") }])],
  ["PAY_EVENTS_KEY", base64("events-key-of-32-bytes-012345678")],
  ["PAY_EVENTS_KEY", `whsec_${base64("of 23 bytes, and so too")}`],
  ["PAY_EVENTS_KEY", `whsec_${base64("events-key-of-65-bytes-".repeat(3).slice(0, 65))}`],
  ["PAY_EVENTS_KEY", `whsec_${Buffer.alloc(32).toString("base64")}`],
  ["PAY_EVENTS_KEY", `${good["PAY_EVENTS_KEY"]},${good["PAY_EVENTS_KEY"]}`],
  ["PAY_EVENTS_KEY", [urlKeys[0], urlKeys[1], urlKeys[0]].map((key) => `whsec_${key}`).join(",")],
  ["PAY_DATA_KEY", "local:c2hvcnQ="],
  ["PAY_DATA_KEY", "kms:alias/aws/ssm"],
  ["PAY_DATA_KEY", `${localKey},${kmsKey},${localKey}`],
])("%s of %j is refused, by its name and without its text", (name, text) => {
  const { problems, named } = read({ [name]: text });
  expect(named).toEqual([name]);
  expect(problems.join()).not.toContain(text);
});

it.each(["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_URL_KEYS", "PAY_DATA_KEY", "PAY_EVENTS_KEY"])(
  "%s is missing",
  (name) => {
    const { [name]: _, ...rest } = good;
    const problems: string[] = [];
    const textOf = (asked: string) => rest[asked] ?? null;
    readSecrets(textOf, secretNames, "prod", (wrong) => problems.push(wrong));
    expect(problems).toEqual([name]);
  },
);

it("a laptop may have a key anybody can guess", () => {
  const weak = { ...good, PAY_URL_KEYS: Buffer.alloc(32).toString("base64") };
  const problems: string[] = [];
  readSecrets(
    (name) => weak[name as keyof typeof weak] ?? null,
    secretNames,
    "dev",
    (name) => problems.push(name),
  );
  expect(problems).toEqual([]);
});

it("of two url keys and of two data keys both are kept, in their order", () => {
  const { urlKeys: kept, dataKeys } = read({
    PAY_URL_KEYS: urlKeys.join(" , "),
    PAY_DATA_KEY: `${kmsKey}, ${localKey}`,
  }).secrets;
  expect(kept.map((one) => one.toString("base64"))).toEqual(urlKeys);
  expect(dataKeys.map(({ kind }) => kind)).toEqual(["kms", "local"]);
});

it("of two events' keys both are kept, as the bytes they stand for", () => {
  const given = urlKeys.map((key) => `whsec_${key}`).join(", ");
  const { eventsKeys } = read({ PAY_EVENTS_KEY: given }).secrets;
  expect(eventsKeys.map((one) => one.toString("base64"))).toEqual(urlKeys);
});

it("the events' key is asked for only where events are delivered", () => {
  expect(secretsFor(true)).toEqual(secretNames);
  expect(secretsFor(false)).not.toContain("PAY_EVENTS_KEY");
  expect(secretsFor(false)).toHaveLength(secretNames.length - 1);
});

it("a merchant key is kept as a hash in small letters", () => {
  const sha256 = createHash("sha256").update("key").digest("hex");
  const entry = { name: "상점", sha256: sha256.toUpperCase(), scopes: ["orders", "read"], since: "2026" };
  expect(read({ PAY_MERCHANT_KEYS: JSON.stringify([entry]) }).secrets.merchantKeys).toEqual([
    { name: "상점", sha256, scopes: ["orders", "read"] },
  ]);
});

describe("more merchant keys than one parameter holds", () => {
  it("go on in the next one, where what is wrong is named by that one", () => {
    const more = { PAY_MERCHANT_KEYS: JSON.stringify([key]), PAY_MERCHANT_KEYS_2: JSON.stringify([other]) };
    expect(read(more).secrets.merchantKeys.map(({ name }) => name)).toEqual(["shop-2026", "shop-2027"]);
    expect(read({ ...more, PAY_MERCHANT_KEYS_6: "{" }).named).toEqual(["PAY_MERCHANT_KEYS_6"]);
    expect(read({ ...more, PAY_MERCHANT_KEYS_3: JSON.stringify([key]) }).named).toEqual([
      "PAY_MERCHANT_KEYS",
    ]);
  });

  it("and all that a function reads is one call of SSM's", () => {
    for (const names of Object.values(secretsOf))
      expect(names.flatMap(parametersOf).length).toBeLessThanOrEqual(10);
    expect(secretNames.flatMap(parametersOf)).toHaveLength(11);
  });
});

it("a function that reads none of a kind has none of it, and misses none", () => {
  expect(read({}, secretsOf.audit).secrets).toMatchObject({ urlKeys: [], merchantKeys: [], dataKeys: [] });
  // Whoever strangers reach seals and opens nothing.
  const sealing = Object.entries(secretsOf).filter(([, names]) =>
    names.some((name) => name === "PAY_DATA_KEY"),
  );
  expect(sealing.map(([name]) => name)).toEqual(["orders", "refund", "receipt", "reconcile"]);
  const textOf = (name: string) => (name === "PAY_URL_KEYS" ? null : (good[name] ?? null));
  const problems: string[] = [];
  readSecrets(textOf, secretsOf.refund, "prod", (name) => problems.push(name));
  expect(problems).toEqual([]);
});
