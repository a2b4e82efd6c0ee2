// The doors the console opens, and no other: whatever a page is made to ask for, the key goes nowhere else.

const listed: readonly RegExp[] = [
  "GET /orders",
  "GET /orders/{merchant_uid}",
  "GET /orders/{merchant_uid}/refunds",
  "GET /orders/{merchant_uid}/delivery",
  "POST /orders/{merchant_uid}/refunds",
  "POST /orders/{merchant_uid}/receipt",
  "DELETE /orders/{merchant_uid}/receipt",
  "POST /orders/{merchant_uid}/sync",
  "POST /orders/{merchant_uid}/void",
  "POST /orders/{merchant_uid}/resolve",
  "GET /queue",
  "GET /give-back-brake",
  "POST /give-back-brake",
  "GET /audits/{day}",
].map(
  (door) =>
    new RegExp(
      `^${door.replace("{merchant_uid}", "[A-Za-z0-9._~:%-]+").replace("{day}", "\\d{4}-\\d\\d-\\d\\d")}$`,
    ),
);

/** A request that is not the console's to make; nothing was sent. */
export class UnlistedDoorError extends Error {
  override readonly name = "UnlistedDoorError";
}

/** Throws an UnlistedDoorError. */
export function checkDoor({ method, url }: Pick<Request, "method" | "url">, backendUrl: string): void {
  const { origin, pathname } = new URL(url);
  const door = `${method} ${pathname}`;
  if (origin !== backendUrl || !listed.some((pattern) => pattern.test(door)))
    throw new UnlistedDoorError(`the console opens no door ${door}`);
}
