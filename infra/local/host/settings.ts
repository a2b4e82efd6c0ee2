// What is wrong with the settings of the developer's shell, found by the product's own reading of them before
// anything is started: a function would only say it at its first request.
import { ConfigError, loadConfig } from "../../../lib/config.ts";
import type { Say } from "../words/say.ts";
import { localEnvironment, payVariables } from "./environment.ts";

/** One line for each problem, with the setting's name; empty when the functions will start with them. */
export function findWrongSettings(environment: NodeJS.ProcessEnv, say: Say): readonly string[] {
  const secrets = environment["PAY_SECRETS"]?.trim() || "env";
  if (secrets !== "env") return [say("settings_secrets", { secrets })];
  const anywhere = "http://127.0.0.1";
  const provider = { url: anywhere, impKey: "-", impSecret: "-", mid: "-", channelKey: "-" };
  const anyKey = Buffer.alloc(32).toString("base64");
  const keys = { merchantKey: "-", urlKey: anyKey, dataKey: anyKey };
  try {
    loadConfig({
      PAY_PUBLIC_URL: anywhere,
      PAY_RESULT_URL: anywhere,
      ...localEnvironment(provider, keys, "-"),
      ...payVariables(environment),
    });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
