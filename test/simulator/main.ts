// Command line of the simulator: `npm run simulator -- --port N --seed S [--clock ISO] [--data DIR]`.
// Prints one READY line. Started by fork, it ends when its parent does.
import { parseArgs } from "node:util";
import { startSimulator } from "./start-simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    seed: { type: "string" },
    clock: { type: "string" },
    data: { type: "string" },
  },
});

if (values.clock !== undefined && Number.isNaN(Date.parse(values.clock)))
  throw new Error(`--clock wants an ISO time, not ${values.clock}`);

const simulator = await startSimulator({
  port: toInteger("--port", values.port),
  seed: toInteger("--seed", values.seed),
  clock: values.clock,
  dataDir: values.data,
});
const { url, impKey, impSecret } = simulator;
console.log(`READY ${JSON.stringify({ url, imp_key: impKey, imp_secret: impSecret })}`);

if (process.connected) process.once("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    void simulator.close().finally(() => process.exit(0));
  });

function toInteger(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} wants a whole number, not ${text}`);
  return value;
}
