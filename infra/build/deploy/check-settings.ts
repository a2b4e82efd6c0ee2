// The product's own reading of its settings, run on what is about to be packaged.
import { ConfigError, loadConfig } from "../../../lib/config.ts";

type Variables = Readonly<Record<string, string>>;

/** Take a secret's place where nobody may read the real one, so that everything else is still checked. */
const standIns: Variables = {
  PAY_PORTONE_KEY: "-",
  PAY_PORTONE_SECRET: "-",
  PAY_URL_KEYS: Buffer.alloc(32).toString("base64"),
};

/** One line for each problem; `secrets` is null when they could not be read. */
export function checkSettings(environment: Variables, secrets: Variables | null): readonly string[] {
  try {
    loadConfig({ ...environment, ...(secrets ?? standIns), PAY_SECRETS: "env" });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
