// How long PortOne may take and what may be asked again, in one table.

/** One HTTP exchange, from connecting to the last byte. */
export const callLimitMs = 4_000;
/** Registering an amount is a convenience, and a merchant's checkout waits for it. */
export const prepareLimitMs = 1_000;
/** A call that moves money: KSNET answers slowly at times, and an unknown outcome costs ten minutes. */
export const changeLimitMs = 10_000;
/** A change leaves this soon after its claim or not at all: nobody must conclude from its absence while it waits. */
export const sendWithinMs = 5_000;
/** Everything one question needs: login, the call, its one repeat. Leaves a notice its 14 s in all. */
export const questionLimitMs = 9_000;
/**
 * A token is not used within its last minute: a call in flight must not outlive it, and asking again in
 * that minute pushes the same token's expiry (PortOne's login page).
 */
export const tokenMarginMs = 60_000;
/** findAll's page size and how many pages an order number can reasonably have. */
export const pageSize = 100;
export const mostPages = 20;
