// npm run soak: a long, hard and repeatable day, and an auditor who knows nothing of the code. The last line of
// stdout is the report; everything else goes to stderr.
import { parseArgs } from "node:util";
import { parseSeed } from "../simulator/seed.ts";
import { billingSoak } from "./billing-soak.ts";
import { paymentsSoak } from "./payments-soak.ts";

const usage = "usage: npm run soak -- payments|billing [--orders N] [--charges N] --seed S [--plant N]";

function fail(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

const largestCount = 999_999;

function count(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  return fail(`--${name} wants a whole number up to ${largestCount}, not '${text}'`);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        orders: { type: "string", default: "200" },
        charges: { type: "string", default: "200" },
        seed: { type: "string", default: "1" },
        plant: { type: "string", default: "0" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    // Node's second sentence advises on positional arguments and dashes, which are of no use here.
    return fail(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? error.message) : String(error));
  }
}

const { positionals, values } = parse();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const options = {
  seed: parseSeed(values.seed) ?? fail(`--seed wants a whole number, not '${values.seed}'`),
  plant: count("plant", values.plant),
  say: (line: string) => console.error(line),
};

function play(name: string | undefined) {
  if (name === undefined) return fail("name a soak");
  if (name === "payments") return paymentsSoak({ ...options, orders: count("orders", values.orders) });
  if (name === "billing") return billingSoak({ ...options, charges: count("charges", values.charges) });
  return fail(`no soak '${name}'`);
}

const result = await play(positionals[0]);
console.log(JSON.stringify(result));
process.exitCode = result.ok ? 0 : 1;
