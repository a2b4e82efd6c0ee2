// Every lever there is.
import type { Lever } from "./lever.ts";
import { paymentLevers } from "./payment-levers.ts";
import { runLevers } from "./run-levers.ts";

const levers: readonly Lever[] = [...paymentLevers, ...runLevers];

export const findLever = (name: string): Lever | undefined => levers.find((lever) => lever.name === name);
