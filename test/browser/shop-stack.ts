// The stack together with the sample shop, where its buyers come back to.
import { type RunningShop, resultUrlOf, startShop } from "../../infra/console/shop/start-shop.ts";
import { findFreePort } from "../../infra/local/processes/free-port.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";

export interface ShopStack {
  readonly stack: LocalStack;
  readonly shop: RunningShop;
  readonly close: () => Promise<void>;
}

export async function startShopStack(): Promise<ShopStack> {
  // The functions are told where the shop is before it can be told where they are.
  const port = await findFreePort(0);
  const stack = await startStack({
    environment: { PAY_RESULT_URL: resultUrlOf(`http://127.0.0.1:${port}`) },
  });
  const shop = await startShop({ port, pay: { url: stack.gatewayUrl, key: stack.merchantKey } });
  return {
    stack,
    shop,
    close: async () => {
      await shop.close();
      await stack.close();
    },
  };
}
