// npm run soak -- settle [--orders N] --seed S [--plant N]: a long, hard and repeatable day, and an auditor who
// knows nothing of the code. The last line of stdout is the report; everything else goes to stderr.
import { parseArgs } from "node:util";
import { settleSoak } from "./settle-soak.ts";

const usage = "npm run soak -- settle [--orders N] --seed S [--plant N]";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    plant: { type: "string", default: "0" },
  },
});

function whole(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) {
    console.error(`--${name} must be a whole number\n${usage}`);
    process.exit(2);
  }
  return Number(text);
}

const options = {
  orders: whole("orders", values.orders),
  seed: whole("seed", values.seed),
  plant: whole("plant", values.plant),
  say: (line: string) => console.error(line),
};
if (positionals[0] !== "settle") {
  console.error(usage);
  process.exit(2);
}
const result = await settleSoak(options);
console.log(JSON.stringify(result));
process.exitCode = result.ok ? 0 : 1;
