// What every actor of a life has in hand: the shop's doors, PortOne, dice, and time.
import type { Dice } from "../soak/random.ts";
import type { ActName } from "./acts.ts";
import type { PayingBackCheck } from "./checks/paying-back.ts";
import type { ReservedCheck } from "./checks/reserved.ts";
import type { SendingCheck } from "./checks/sending.ts";
import type { ToldCheck } from "./checks/told.ts";
import type { Scheduler } from "./engine/scheduler.ts";
import type { Findings } from "./findings.ts";
import type { Shop } from "./shop.ts";
import type { PortOne } from "./world/portone.ts";
import type { Table } from "./world/table.ts";

/** What one life is like, drawn before it begins. */
export interface Nature {
  /** PortOne asks before it takes money; many shops have not asked for that. */
  readonly isConfirming: boolean;
  /** It asks before an account is opened as well. */
  readonly confirmsAccounts: boolean;
  readonly declines: number;
  /** How often a decline was none: the PG's approval came late. */
  readonly approvesLate: number;
  /** Amounts are registered, so that a window of another amount does not open. */
  readonly isPreparing: boolean;
  /** It calls from an address that it has published. */
  readonly callsFromKnown: boolean;
}

export class Stage {
  readonly dice: Dice;
  readonly shop: Shop;
  readonly scheduler: Scheduler;
  readonly portone: PortOne;
  readonly table: Table;
  readonly told: ToldCheck;
  readonly sending: SendingCheck;
  readonly reserved: ReservedCheck;
  readonly payingBack: PayingBackCheck;
  readonly findings: Findings;
  readonly nature: Nature;
  readonly acts = new Map<ActName, number>();
  /** How to ask again, by the name it was asked under. */
  readonly repeats = new Map<string, () => Promise<unknown>>();
  #names = 0;

  constructor(parts: StageParts) {
    this.dice = parts.dice;
    this.shop = parts.shop;
    this.scheduler = parts.scheduler;
    this.portone = parts.portone;
    this.table = parts.table;
    this.told = parts.told;
    this.sending = parts.sending;
    this.reserved = parts.reserved;
    this.payingBack = parts.payingBack;
    this.findings = parts.findings;
    this.nature = parts.nature;
  }

  act(name: ActName, line: () => string): void {
    this.acts.set(name, (this.acts.get(name) ?? 0) + 1);
    this.shop.world.tell(() => `${name}: ${line()}`);
  }

  sleep(ms: number): Promise<void> {
    return this.scheduler.sleep(ms);
  }

  /** Some time between the two, in seconds. */
  between(leastS: number, mostS: number): number {
    return Math.round((leastS + this.dice.next() * (mostS - leastS)) * 1_000);
  }

  chance(share: number): boolean {
    return this.dice.next() < share;
  }

  newName(what: string): string {
    this.#names += 1;
    return `${what}-${this.#names}`;
  }
}

interface StageParts {
  readonly dice: Dice;
  readonly shop: Shop;
  readonly scheduler: Scheduler;
  readonly portone: PortOne;
  readonly table: Table;
  readonly told: ToldCheck;
  readonly sending: SendingCheck;
  readonly reserved: ReservedCheck;
  readonly payingBack: PayingBackCheck;
  readonly findings: Findings;
  readonly nature: Nature;
}
