// P8: what a payment costs in calls and units, counted by the host between the built functions and what they call.
import { packageIfNeeded } from "../../../infra/build/package-if-needed.ts";
import { startEmbeddedDynamoDb } from "../../../infra/local/processes/embedded-dynamodb.ts";
import { Shop } from "../../support/shop.ts";
import { startStackOn } from "../../support/stack.ts";
import { type Calls, countCalls, notify, questionsOf } from "../../support/steps.ts";
import type { FamilyOptions } from "../family.ts";
import { callGoals } from "../goals.ts";
import { type Row, rowOf } from "../rows.ts";

export async function callRows({ engine, say }: FamilyOptions): Promise<readonly Row[]> {
  if (engine !== "dynoxide") {
    say(`skipped: units are counted on dynoxide, and here is ${engine} only`);
    return [];
  }
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const dynamodb = await startEmbeddedDynamoDb(engine, null);
  const stack = await startStackOn(dynamodb.url, { environment: { PAY_PREPARE: "off" } });
  try {
    const shop = new Shop(stack);
    const requestPay = { current: await shop.createOrder("ord-warm-up") };
    let impUid = "";
    const whole = async (merchantUid: string) => {
      requestPay.current = await shop.createOrder(merchantUid);
      impUid = (await shop.pay(requestPay.current)).imp_uid;
      await shop.notices(merchantUid, 1);
      await shop.complete(merchantUid, impUid);
      await shop.merchant("GET", `/orders/${merchantUid}/receipt`);
    };
    const payment = await countCalls(shop, () => whole("ord-payment"));
    const repeated = await countCalls(shop, () => notify(shop, requestPay.current, impUid));
    const completed = await countCalls(shop, () => shop.complete("ord-payment", impUid));
    const asked = (calls: Calls) => questionsOf(calls, "notice") + questionsOf(calls, "complete");
    return [
      rowOf(callGoals.calls, [payment.dynamodb.calls]),
      rowOf(callGoals.written, [payment.dynamodb.write_units]),
      rowOf(callGoals.onIndexes, [payment.dynamodb.index_write_units]),
      rowOf(callGoals.read, [payment.dynamodb.read_units]),
      rowOf(callGoals.asked, [asked(payment)]),
      rowOf(callGoals.repeatedWritten, [repeated.dynamodb.write_units]),
      rowOf(callGoals.repeatedRead, [repeated.dynamodb.read_units]),
      rowOf(callGoals.repeatedAsked, [asked(repeated)]),
      rowOf(callGoals.completed, [asked(completed)]),
    ];
  } finally {
    await stack.close();
    await dynamodb.close();
  }
}
