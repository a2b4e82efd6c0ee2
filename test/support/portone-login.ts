// A stray request straight to PortOne's stand-in: logged in as the shop, past its functions.
import type { LocalStack } from "./stack.ts";

export async function readAccessToken({
  secrets,
  simulatorUrl,
}: Pick<LocalStack, "secrets" | "simulatorUrl">): Promise<string> {
  const named = (name: string) => [...secrets].find(([, known]) => known === name)?.[0];
  const reply = await fetch(`${simulatorUrl}/users/getToken`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ imp_key: named("imp_key"), imp_secret: named("imp_secret") }),
  });
  const { response } = (await reply.json()) as { readonly response: { readonly access_token: string } };
  return response.access_token;
}
