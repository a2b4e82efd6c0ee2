// A number that leaks is found by the order it is of, wherever it stands; and the soak itself tells of none.
import { describe, expect, it } from "vitest";
import { issued, nowMs, order, payment, receipt } from "./healthy.ts";
import { explainReceipts, findLeaks, findUnread, ownersOf } from "./receipts-leaks.ts";
import { drawReceiptsPlan, storiesOf } from "./receipts-plan.ts";
import { buyersOf, type ReceiptStory } from "./receipts-ways.ts";

const stories = drawReceiptsPlan(7, 40).phases.flatMap(storiesOf);
const owners = ownersOf(stories);
const story = stories.find((one) => buyersOf(one).length > 0) as ReceiptStory;
const [buyer] = buyersOf(story);
const { merchantUid } = story.order;
const identifier = buyer?.identifier ?? "";
const digits = identifier.replaceAll(/[ -]/g, "");
const places = ["the log", "table.db", "stdout and stderr"].map((name) => ({ name, text: "nothing" }));

describe("leaks of whom a receipt is made out to", () => {
  it("are none where nothing stands", () => {
    expect(findLeaks(owners, places)).toEqual([]);
  });

  it.each([
    ["as it was written", `"identifier":"${identifier}"`],
    ["bare", `identifier=${digits}`],
    ["in base64", Buffer.from(`{"identifier":"${digits}"}`).toString("base64")],
    ["in a URL", `/receipts?identifier=${encodeURIComponent(identifier)}`],
  ])("are found %s, with the order and the place", (_, text) => {
    expect(findLeaks(owners, [...places, { name: "an answer", text }])).toEqual([
      { merchantUid, place: "an answer" },
    ]);
  });

  it("are an address as well, and a number typed in the window", () => {
    const window = stories.find(({ order: { cashReceipt } }) => cashReceipt !== undefined);
    const text = `${buyer?.email} ${window?.order.cashReceipt}`;
    expect(findLeaks(owners, [{ name: "the log", text }]).map((leak) => leak.merchantUid)).toEqual(
      stories.filter((one) => one === story || one === window).map((one) => one.order.merchantUid),
    );
  });

  it("are not looked for in vain where nothing was read", () => {
    const named = ["the log", "the doors' answers", "the table's files"].map((name) => ({
      name,
      text: `"${merchantUid}"`,
    }));
    expect(findUnread([...named, { name: "stdout and stderr", text: "" }], merchantUid)).toEqual([]);
    const [log, ...rest] = named;
    expect(findUnread([{ name: log?.name ?? "", text: "nothing" }, ...rest], merchantUid)).toEqual([
      "nothing was read of the log",
    ]);
  });

  it("are none of the soak's own doing when it explains what it found", () => {
    const made = { ...receipt({ merchant_uid: merchantUid }), identifier, buyer_name: "홍길동" };
    const world = {
      ...{ nowMs, reservations: [], nights: [], alarms: [], largest: [], largestWrite: null },
      items: [order({ pk: `order#${merchantUid}` })],
      payments: [payment({ merchant_uid: merchantUid })],
      receipts: [made],
      externalReceipts: [],
      answers: [{ ...issued, path: `/orders/${merchantUid}/receipt`, sent: { identifier } }],
    };
    const lines = explainReceipts(stories, [{ kind: "receipt_wrong", merchantUid, detail: "" }], world, []);
    expect(lines).toHaveLength(5);
    expect(findLeaks(owners, [{ name: "stderr", text: lines.join("\n") }])).toEqual([]);
  });
});
