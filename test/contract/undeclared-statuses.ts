// Statuses PortOne answers although its API description does not list them, each with where that comes
// from. Anything else a server answers beyond the description is a deviation.

/** A missing or ended token is refused everywhere, though the description forgets it on some operations. */
const everywhere: ReadonlySet<number> = new Set([401]);

const byOperation: Readonly<Record<string, readonly number[]>> = {
  // A login without key or secret; not documented, the simulator's switch `missing_key_status`.
  "POST /users/getToken": [400],
  // More than 100 ids in one question; the limit is documented, the status is not.
  "GET /payments": [400],
  // A number never registered; not documented, by analogy with PUT.
  "GET /payments/prepare/{merchant_uid}": [404],
};

export function isKnownUndeclared(operation: string, status: number): boolean {
  return everywhere.has(status) || (byOperation[operation]?.includes(status) ?? false);
}
