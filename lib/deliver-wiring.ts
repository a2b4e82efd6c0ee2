// What the function that delivers events works with: its settings, its one secret and the shop's address. Apart from the
// wiring of the others, so that it carries neither the table's client nor PortOne's.
import { ConfigError, eventsUrlSetting, loadConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { deploymentOf } from "./metrics.ts";
import type { Clock, Pause } from "./ports/environment.ts";
import { createSecrets } from "./secret-sources.ts";
import { postToShop } from "./shop/post.ts";
import { signDelivery } from "./signing/webhook.ts";

const functionName = "deliver";
/** The shop has this long to say that it has it. */
const deliveryLimitMs = 10_000;

/** Reads the settings. Throws one ConfigError naming everything that is wrong. */
export function wireDeliver(environment = process.env) {
  const config = loadConfig(environment);
  const clock: Clock = { nowMs: () => Date.now() };
  const pause: Pause = (ms) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const deployment = deploymentOf(environment["AWS_LAMBDA_FUNCTION_NAME"], functionName);
  const log = createLog({ functionName, deployment, level: config.logLevel }, clock.nowMs);
  const secrets = createSecrets(functionName, config, { environment, clock, pause, log });
  const url = config.eventsUrl;
  if (url === null) throw new ConfigError([`${eventsUrlSetting}: required`]);
  return {
    log,
    secrets,
    clock,
    /** Signs and sends; what the shop said, or why it said nothing. */
    deliver: (id: string, body: string) =>
      postToShop({
        url,
        body,
        headers: signDelivery({ id, body }, secrets.current().eventsKeys, clock.nowMs()),
        limitMs: deliveryLimitMs,
      }),
    prime: () => secrets.prime(),
  };
}
