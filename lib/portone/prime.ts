// Logs in and opens the connection to PortOne while Lambda still gives INIT its full CPU, so that the first buyer
// does not wait for it. What fails is tried again by the first call that needs it.
import type { Pause } from "../ports/environment.ts";
import type { Login } from "../ports/portone.ts";

/** INIT has ten seconds, most of which reading the secrets may take; a login that takes longer goes on by itself. */
const primeLimitMs = 1_500;

export async function primeLogin(caller: { login(): Promise<Login> }, pause: Pause): Promise<void> {
  await Promise.race([caller.login(), pause(primeLimitMs)]);
}
