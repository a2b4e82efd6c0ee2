// What the clock calls: the sweep at every minute in which something is due, and the audit at night.
import type { Order } from "../../../lib/domain/order.ts";
import { audit } from "../../../lib/usecases/sweeps/audit.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { mustBeDone } from "../checks/answers.ts";
import type { Stage } from "../stage.ts";

const minuteMs = 60_000;
const keptBack = 0.3;

/** One sweep of one, told to nobody, at a PortOne that bears it. */
const alone = {
  sweepCount: 1,
  parallel: 16,
  doubts: { oldestSinceMs: async () => null },
  troubles: { tell: () => {}, tellDay: () => {} },
  pulse: { begin: () => {}, isInTrouble: () => false },
};

/** Sweeps run at whole minutes; those in which nothing is due are left out, because they would do nothing. */
export class Sweeper {
  readonly #stage: Stage;
  readonly #minutes = new Set<number>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** An order's next look was written. */
  wrote({ dueAtMs }: Order): void {
    if (dueAtMs === null) return;
    const nowMs = this.#stage.scheduler.nowMs();
    this.#at(Math.ceil(Math.max(dueAtMs, nowMs + 1) / minuteMs) * minuteMs);
  }

  #at(atMs: number): void {
    if (this.#minutes.has(atMs)) return;
    this.#minutes.add(atMs);
    this.#stage.scheduler.wakeAt(atMs, () => this.#sweep(atMs));
  }

  #sweep(atMs: number): void {
    this.#minutes.delete(atMs);
    if (this.#stage.table.listDue(atMs, 1, false).length === 0) return;
    this.#at(atMs + minuteMs);
    void this.#run();
    if (!this.#stage.shop.world.weather.isOver && this.#stage.chance(0.3)) void this.#runSecond();
  }

  async #runSecond(): Promise<void> {
    this.#stage.act("two_sweeps", () => "");
    await this.#stage.sleep(this.#stage.between(0, 1));
    await this.#run();
  }

  async #run(): Promise<void> {
    this.#stage.act("sweep", () => "");
    await this.#stage.shop.invoke("sweep", "reconcile", (ports, call) =>
      reconcile({ stopBelowMs: call.timeLeftMs() * keptBack }, call, { ...ports, ...alone }),
    );
  }
}

export async function auditNight(stage: Stage): Promise<void> {
  stage.act("audit", () => "");
  const ending = await stage.shop.invoke("audit", "audit", (ports, call) =>
    audit({ fromMs: null, toMs: null, stopBelowMs: call.timeLeftMs() * keptBack }, call, {
      ...ports,
      ...alone,
    }),
  );
  if (ending.ended === "answered") mustBeDone(ending.value.report, stage.findings);
}
