// npm run soak: long, hard and repeatable days, and auditors who know nothing of the code; every known mistake, planted
// and looked for. The last line of stdout is the report; everything else goes to stderr.
import { parseArgs } from "node:util";
import { createProgress, type Telling } from "../../infra/build/progress.ts";
import { actorsOfReservations } from "../simulation/plan.ts";
import { parseSeed } from "../simulator/seed.ts";
import { billingSoak } from "./billing-soak.ts";
import { doorsSoak, replayDoor } from "./doors/doors-soak.ts";
import { livesSoak, replayLife } from "./lives-soak.ts";
import { mutantsSoak } from "./mutants/mutants-soak.ts";
import { paymentsSoak } from "./payments-soak.ts";
import { mostOrders } from "./receipts-plan.ts";
import { receiptsSoak } from "./receipts-soak.ts";
import { recordsSoak } from "./records-soak.ts";
import { refundsSoak } from "./refunds-soak.ts";

/** Reservations, moves, retries and accounts by API, unless told otherwise. */
const reservations = actorsOfReservations ? "on" : "off";

/** What each soak may be told, and what it does otherwise. */
const soaks = {
  payments: { orders: "200", seed: "1", plant: "0" },
  refunds: { count: "1000", seed: "1", plant: "0" },
  receipts: { orders: "200", seed: "1", plant: "0" },
  billing: { charges: "200", seed: "1", plant: "0", reservations },
  lives: { count: "2000", seed: "1", replay: "", reservations },
  records: { count: "1000", seed: "1", wave: "100", only: "" },
  doors: { count: "2000", seed: "1", replay: "" },
  mutants: { only: "" },
} as const;
type Soak = keyof typeof soaks;
type Values = Readonly<Record<string, string | boolean | undefined>>;

const usage = `usage: npm run soak -- ${Object.entries(soaks)
  .map(([name, options]) => [name, ...Object.keys(options).map((option) => `[--${option} …]`)].join(" "))
  .join(" | ")}`;

function fail(why: string): never {
  console.error(`${why}; ${usage}`);
  process.exit(2);
}

const isSoak = (name: string): name is Soak => Object.hasOwn(soaks, name);

function parse(args: readonly string[], known: Readonly<Record<string, string>>): Values {
  const texts = Object.keys(known).map((name) => [name, { type: "string" as const }]);
  const options = { ...Object.fromEntries(texts), help: { type: "boolean" as const, short: "h" } };
  try {
    const { values } = parseArgs({ args: [...args], options });
    return { ...known, ...(values as Values) };
  } catch (error) {
    // Node's second sentence advises on positional arguments and dashes, which are of no use here.
    return fail(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? error.message) : String(error));
  }
}

const largestCount = 999_999_999;

function count(name: string, text: unknown): number {
  if (typeof text === "string" && /^\d{1,9}$/.test(text)) return Number(text);
  return fail(`--${name} wants a whole number up to ${largestCount}, not '${text}'`);
}

const seedOf = (name: string, text: unknown): number =>
  parseSeed(String(text)) ?? fail(`--${name} wants a whole number, not '${text}'`);

function isOn(name: string, text: unknown): boolean {
  if (text === "on" || text === "off") return text === "on";
  return fail(`--${name} wants on or off, not '${text}'`);
}

function play(soak: Soak, values: Values, telling: Telling) {
  const { seed, plant, orders, charges, only, replay } = values;
  switch (soak) {
    case "payments":
      return paymentsSoak({
        seed: seedOf("seed", seed),
        plant: count("plant", plant),
        orders: count("orders", orders),
        ...telling,
      });
    case "refunds":
      return refundsSoak({
        seed: seedOf("seed", seed),
        plant: count("plant", plant),
        count: count("count", values["count"]),
        ...telling,
      });
    case "receipts":
      return receiptsSoak({
        seed: seedOf("seed", seed),
        plant: count("plant", plant),
        orders: Math.min(mostOrders, count("orders", orders)),
        ...telling,
      });
    case "billing":
      return billingSoak({
        seed: seedOf("seed", seed),
        plant: count("plant", plant),
        charges: count("charges", charges),
        hasReservations: isOn("reservations", values["reservations"]),
        ...telling,
      });
    case "lives":
      if (replay !== "")
        return replayLife(seedOf("replay", replay), isOn("reservations", values["reservations"]), (line) =>
          console.log(line),
        );
      return livesSoak({
        seed: seedOf("seed", seed),
        count: count("count", values["count"]),
        hasReservations: isOn("reservations", values["reservations"]),
        ...telling,
      });
    case "records":
      return recordsSoak({
        seed: seedOf("seed", seed),
        count: count("count", values["count"]),
        wave: Math.max(1, count("wave", values["wave"])),
        only: only === "" ? null : count("only", only),
        ...telling,
      });
    case "doors":
      if (replay !== "")
        return replayDoor(seedOf("seed", seed), count("replay", replay), (line) => console.log(line));
      return doorsSoak({ seed: seedOf("seed", seed), count: count("count", values["count"]), ...telling });
    case "mutants":
      return mutantsSoak({
        only: String(only)
          .split(",")
          .filter((name) => name !== ""),
        ...telling,
      });
  }
}

const [first = "", ...rest] = process.argv.slice(2);
if (!isSoak(first)) {
  const asks = parse(
    process.argv.slice(2).filter((arg) => arg.startsWith("-")),
    {},
  );
  if (!asks["help"]) fail(first === "" ? "name a soak" : `no soak '${first}'`);
  console.log(usage);
} else {
  const values = parse(rest, soaks[first]);
  if (values["help"]) console.log(usage);
  else {
    const progress = createProgress(process.stderr, () => performance.now());
    const result = await play(first, values, progress).finally(() => progress.end());
    console.log(JSON.stringify(result));
    process.exitCode = result.ok ? 0 : 1;
  }
}
