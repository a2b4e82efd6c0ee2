// What PortOne's client logs in with, where a test has nothing to say about it.
import type { LoginKeys } from "../../lib/portone/token.ts";

export const loginKeys: LoginKeys = {
  current: () => ({ portoneKey: "imp_key", portoneSecret: "imp_secret" }),
  renew: () => Promise.resolve(false),
};
