// PortOne's desk, beside the API: what somebody does in its console.
import type { Stage } from "./stage.ts";
import type { Json } from "./world.ts";

/** The payment as it is then; null where the desk refuses, as when there is nothing left to do. */
export async function atDesk(
  stage: Stage,
  impUid: string,
  action: "cancel" | "deposit",
  body: Json = {},
): Promise<Json | null> {
  try {
    return (await stage.control("POST", `/payments/${impUid}/${action}`, body))["payment"] as Json;
  } catch (error) {
    if (error instanceof Error && error.message.includes(": 409 ")) return null;
    throw error;
  }
}
