// Confirm and notice as tutorials have them: the SDK's client as it comes, zod by its name, fetch, a login for each
// question; built with esbuild's defaults.
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import middy from "@middy/core";
import { z } from "zod";

interface Event {
  readonly body: string;
  readonly rawPath: string;
}

const client = new DynamoDBClient({ endpoint: process.env["PAY_DYNAMODB_ENDPOINT"] ?? "" });
const portone = process.env["PAY_PORTONE_URL"] ?? "";
const table = process.env["PAY_TABLE"] ?? "";

const confirmBody = z.object({ imp_uid: z.string(), merchant_uid: z.string(), amount: z.number() });
const noticeBody = z.object({ imp_uid: z.string(), merchant_uid: z.string(), status: z.string() });
const payments = z.object({
  response: z.object({ merchant_uid: z.string(), amount: z.number(), status: z.string() }),
});
const logins = z.object({ response: z.object({ access_token: z.string() }) });

const read = async (merchantUid: string) => {
  const Key = { pk: { S: `order#${merchantUid}` } };
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  if (!Item) throw new Error("no such order");
  return { Key, amount: Number(Item["amount"]?.N), version: Number(Item["version"]?.N) };
};

const write = ({ Key, version }: Awaited<ReturnType<typeof read>>, state: string, impUid: string) =>
  client.send(
    new UpdateItemCommand({
      TableName: table,
      Key,
      UpdateExpression: "SET #state = :state, imp_uid = :imp_uid, version = :next",
      ConditionExpression: "version = :version",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":state": { S: state },
        ":imp_uid": { S: impUid },
        ":version": { N: String(version) },
        ":next": { N: String(version + 1) },
      },
    }),
  );

async function askPortOne(impUid: string) {
  const login = await fetch(`${portone}/users/getToken`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      imp_key: process.env["PAY_PORTONE_KEY"],
      imp_secret: process.env["PAY_PORTONE_SECRET"],
    }),
  });
  const { access_token } = logins.parse(await login.json()).response;
  const answer = await fetch(`${portone}/payments/${impUid}`, { headers: { authorization: access_token } });
  return payments.parse(await answer.json()).response;
}

async function confirm(body: unknown): Promise<number> {
  const { imp_uid, merchant_uid, amount } = confirmBody.parse(body);
  const order = await read(merchant_uid);
  if (order.amount !== amount) return 400;
  await write(order, "approved", imp_uid);
  return 200;
}

async function notice(body: unknown): Promise<number> {
  const { imp_uid, merchant_uid } = noticeBody.parse(body);
  const order = await read(merchant_uid);
  const payment = await askPortOne(imp_uid);
  const isRight =
    payment.status === "paid" && payment.amount === order.amount && payment.merchant_uid === merchant_uid;
  await write(order, isRight ? "paid" : "review", imp_uid);
  return 200;
}

export const handler = middy<Event>().handler(async ({ body, rawPath }) => {
  const answer = rawPath.includes("/confirm") ? confirm : notice;
  return { statusCode: await answer(JSON.parse(body)), body: "{}" };
});
