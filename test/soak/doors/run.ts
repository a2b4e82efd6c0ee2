// Some hundred requests in one shop, each checked when it was answered.

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { readAccessToken } from "../../support/portone-login.ts";
import { createDice } from "../random.ts";
import type { Stage } from "../stage.ts";
import { checkExchange, checkUnchanged, type Finding, type Secrets, type Snapshot } from "./checks.ts";
import { mutate } from "./mutate.ts";
import { realRequests } from "./real-requests.ts";
import type { Exchange } from "./request.ts";
import { send } from "./send.ts";
import { buyer, cardNumber, identifier, refundAccount, type Stand, setUpStand } from "./stand.ts";
import { countWrites, emptyTable, takeSnapshot } from "./state.ts";

/** Where it plays, and by which dice. */
export interface Played {
  readonly stage: Stage;
  readonly client: DynamoDBClient;
  readonly seed: number;
}

/** Requests that one shop sees. */
export const perStand = 500;
/** Every so many requests the state is compared although nobody wrote. */
const trustFor = 100;

/** Some hundred requests in one shop. */
export class Run {
  readonly #played: Played;
  readonly #stand: Stand;
  readonly #secrets: Secrets;
  #before: Snapshot;
  #writes: number;
  #lines: number;

  private constructor(
    played: Played,
    stand: Stand,
    state: { before: Snapshot; writes: number; accessToken: string },
  ) {
    const { stack } = played.stage;
    this.#played = played;
    this.#stand = stand;
    this.#before = state.before;
    this.#writes = state.writes;
    this.#lines = stack.logLines().length;
    this.#secrets = {
      everywhere: new Map([
        ...stack.secrets,
        [state.accessToken, "PortOne's access token"],
        [cardNumber, "a card number"],
        [cardNumber.replaceAll("-", ""), "a card number"],
        [refundAccount, "a refund account"],
        [identifier, "a receipt's identifier"],
      ]),
      inLines: new Map(Object.entries(buyer).map(([name, value]) => [value, name])),
      tokens: stand.tokens,
    };
  }

  static async begin({ stage, client, seed }: Played, epoch: number): Promise<Run> {
    await emptyTable(stage, client);
    await stage.control("POST", "/reset", { seed: seed + epoch });
    const stand = await setUpStand(stage, epoch);
    const before = await takeSnapshot(stage, client);
    return new Run({ stage, client, seed }, stand, {
      before,
      writes: await countWrites(stage),
      accessToken: await readAccessToken(stage.stack),
    });
  }

  async play(n: number): Promise<{ readonly exchange: Exchange; readonly findings: readonly Finding[] }> {
    const dice = createDice(this.#played.seed * 1_000_003 + n);
    const { stack } = this.#played.stage;
    const real = dice.pick(realRequests(this.#stand, { merchantKey: stack.merchantKey, n }));
    const request = mutate(real, dice, (value) => this.#isKept(value));
    const sent = await send(stack.gatewayUrl, request);
    const all = stack.logLines();
    const lines = all.slice(this.#lines);
    this.#lines = all.length;
    const exchange: Exchange = { request, ...sent, lines };
    return {
      exchange,
      findings: [...checkExchange(exchange, this.#secrets), ...(await this.#checkState(exchange, n))],
    };
  }

  async #checkState(exchange: Exchange, n: number): Promise<readonly Finding[]> {
    const writes = await countWrites(this.#played.stage);
    if (writes === this.#writes && n % trustFor !== 0) return [];
    const after = await takeSnapshot(this.#played.stage, this.#played.client);
    const findings = checkUnchanged(exchange, this.#before, after);
    this.#before = after;
    this.#writes = writes;
    return findings;
  }

  #isKept(value: unknown): boolean {
    if (typeof value !== "string") return typeof value === "object" && value !== null;
    return (
      this.#secrets.everywhere.has(value) ||
      this.#secrets.inLines.has(value) ||
      [...this.#secrets.tokens.values()].includes(value)
    );
  }

  async countViolations(): Promise<number> {
    const { violations } = (await this.#played.stage.control("GET", "/violations")) as {
      violations: readonly unknown[];
    };
    return violations.length;
  }
}
