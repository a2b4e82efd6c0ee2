// Starts a simulator of PortOne V1 and KSNET in this process: `{url, impKey, impSecret, reset, close}`.
import { queueLateEffect } from "./api/late-effects.ts";
import { beginWith } from "./begin-with.ts";
import { createHttpServer } from "./http-server.ts";
import { queueNotice } from "./notices.ts";
import type { SeedRecords } from "./public-types.ts";
import { queueSchedule } from "./scheduled-charge.ts";
import { Simulator, type SimulatorOptions } from "./simulator.ts";

export interface StartOptions extends SimulatorOptions {
  /** A free one when absent. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** What is there from the beginning, where nothing was kept from an earlier run. */
  readonly records?: SeedRecords | undefined;
}

export interface RunningSimulator {
  readonly url: string;
  readonly impKey: string;
  readonly impSecret: string;
  /** Forgets every record, setting, fault and log, and begins again; key pair and clock stay. */
  reset(seed?: number): void;
  close(): Promise<void>;
}

/** Resolves once it listens. With `dataDir` it goes on where the last one there ended. */
export async function startSimulator(options: StartOptions = {}): Promise<RunningSimulator> {
  const { records = {} } = options;
  rehearse(options, records);
  const simulator = new Simulator(options);
  simulator.begin = () => beginWith(simulator, records);
  if (!simulator.isResumed) simulator.begin();
  const app = await createHttpServer(simulator);
  simulator.url = await app.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  resumeJobs(simulator);
  return {
    url: simulator.url,
    ...simulator.credentials,
    reset: (seed) => simulator.reset(seed),
    close: async () => {
      await app.close();
      simulator.close();
    },
  };
}

/** What is wrong with the records is told before a folder has half of them. */
function rehearse({ seed, clock }: StartOptions, records: SeedRecords): void {
  const rehearsal = new Simulator({ seed, clock });
  beginWith(rehearsal, records);
  rehearsal.close();
}

/** What was on its way when the last process ended goes out now, or when it is due. */
function resumeJobs(simulator: Simulator): void {
  for (const job of [...simulator.store.all("jobs")])
    if (job.kind === "notice") queueNotice(simulator, job);
    else queueLateEffect(simulator, job);
  for (const schedule of simulator.store.all("schedules"))
    if (schedule.status === "scheduled") queueSchedule(simulator, schedule);
}
