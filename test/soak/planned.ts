// What every plan is made of: an order with its story, and what goes wrong around it.

export interface PlannedOrder<Story> {
  readonly merchantUid: string;
  readonly story: Story;
  readonly amount: number;
  readonly payMethod: string;
}

export interface PlannedFault {
  readonly at: "simulator" | "host";
  readonly body: Readonly<Record<string, string | number>>;
}
