// npm run soak -- payments|billing [--orders N] [--charges N] --seed S [--plant N]: a long, hard and repeatable day,
// and an auditor who knows nothing of the code. The last line of stdout is the report; everything else goes to
// stderr.
import { parseArgs } from "node:util";
import { billingSoak } from "./billing-soak.ts";
import { paymentsSoak } from "./payments-soak.ts";

const usage = "npm run soak -- payments|billing [--orders N] [--charges N] --seed S [--plant N]";

function fail(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

function whole(name: string, text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : fail(`--${name} must be a whole number`);
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string", default: "200" },
    charges: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    plant: { type: "string", default: "0" },
  },
});
const options = {
  seed: whole("seed", values.seed),
  plant: whole("plant", values.plant),
  say: (line: string) => console.error(line),
};

function play(name: string | undefined) {
  if (name === "payments") return paymentsSoak({ ...options, orders: whole("orders", values.orders) });
  if (name === "billing") return billingSoak({ ...options, charges: whole("charges", values.charges) });
  return fail(`no soak ${name ?? "named"}`);
}

const result = await play(positionals[0]);
console.log(JSON.stringify(result));
process.exitCode = result.ok ? 0 : 1;
