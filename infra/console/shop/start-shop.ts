// The shop on a port of its own, for this machine only.
import { randomBytes } from "node:crypto";
import { type ClientOptions, createClient } from "../../../lib/client/index.ts";
import { createNumberMaker } from "./order-number.ts";
import { createShop } from "./shop.ts";

export interface ShopOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** The payment backend and the merchant's key for it. */
  readonly pay: Pick<ClientOptions, "url" | "key">;
}

export interface RunningShop {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A buyer waits for an answer: after this it is unknown, and he is asked to press the button again. */
const patience = { sendMs: 15_000, totalMs: 30_000 };

export async function startShop({ port, pay }: ShopOptions): Promise<RunningShop> {
  const app = await createShop({
    pay: createClient({ ...pay, ...patience }),
    payUrl: pay.url,
    numbers: createNumberMaker(pay.key, { nowMs: Date.now, randomBytes }),
    newSession: () => randomBytes(32).toString("base64url"),
  });
  const url = await app.listen({ port, host: "127.0.0.1" });
  return {
    url,
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** Where the shop shows what became of an order: the value of PAY_RESULT_URL. */
export const resultUrlOf = (shopUrl: string): string => `${shopUrl}/result`;
