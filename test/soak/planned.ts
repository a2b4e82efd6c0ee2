// What every plan is made of: an order with its story, and what goes wrong around it.

export interface PlannedOrder<Story> {
  readonly merchantUid: string;
  readonly story: Story;
  readonly amount: number;
  readonly payMethod: string;
  /** A twentieth where it is not said, and nothing of a virtual account's. */
  readonly taxFree?: number;
  /** Typed in the window, where the buyer takes a cash receipt there. */
  readonly cashReceipt?: string;
}

/** When PortOne compares the checksum of a cancel, which its documentation leaves open. */
export type ChecksumAt = "commit" | "arrival";

export interface PlannedFault {
  readonly at: "simulator" | "host";
  readonly body: Readonly<Record<string, string | number | object>>;
}
