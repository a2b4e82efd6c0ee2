// A thread that plays one wave and ends: a stage's sandboxes are given back with it.
import { parentPort, workerData } from "node:worker_threads";
import type { PlannedLife } from "./plan.ts";
import { playWave } from "./wave.ts";

const { seed, lives } = workerData as { readonly seed: number; readonly lives: readonly PlannedLife[] };
parentPort?.postMessage(await playWave(seed, lives));
