// The notice in a server that a careful merchant would write: Fastify, the token and every connection kept.
import { Agent, request } from "node:https";
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import Fastify from "fastify";

type Json = Readonly<Record<string, unknown>>;

const {
  PAY_DYNAMODB_ENDPOINT: endpoint = "",
  PAY_PORTONE_URL: portoneUrl = "",
  PAY_PORTONE_KEY: impKey = "",
  PAY_PORTONE_SECRET: impSecret = "",
  PAY_TABLE: table = "",
} = process.env;
const client = new DynamoDBClient({ endpoint });
const agent = new Agent({ keepAlive: true });

function ask(path: string, method: string, headers: Record<string, string>, body?: string): Promise<Json> {
  return new Promise((resolve, reject) => {
    const sent = request(`${portoneUrl}${path}`, { method, agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const { response } = JSON.parse(Buffer.concat(parts).toString("utf8")) as Json;
        resolve(response as Json);
      });
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

let token: Promise<string> | null = null;

async function login(): Promise<string> {
  const body = JSON.stringify({ imp_key: impKey, imp_secret: impSecret });
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  return String((await ask("/users/getToken", "POST", headers, body))["access_token"]);
}

const app = Fastify();
const schema = {
  body: {
    type: "object",
    required: ["imp_uid", "merchant_uid"],
    properties: { imp_uid: { type: "string" }, merchant_uid: { type: "string" } },
  },
};

app.post<{ Body: { imp_uid: string; merchant_uid: string } }>("/notice", { schema }, async ({ body }) => {
  const { imp_uid: impUid, merchant_uid: merchantUid } = body;
  const Key = { pk: { S: `order#${merchantUid}` } };
  const { Item: order } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  if (!order) return {};
  token ??= login();
  const payment = await ask(`/payments/${impUid}`, "GET", { authorization: await token });
  const isRight =
    payment["status"] === "paid" &&
    payment["amount"] === Number(order["amount"]?.N) &&
    payment["merchant_uid"] === merchantUid;
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key,
      UpdateExpression: "SET #state = :state, imp_uid = :imp_uid, version = :next",
      ConditionExpression: "version = :version",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: {
        ":state": { S: isRight ? "paid" : "review" },
        ":imp_uid": { S: impUid },
        ":version": order["version"] ?? { N: "0" },
        ":next": { N: String(Number(order["version"]?.N) + 1) },
      },
    }),
  );
  return {};
});

export const url = app.listen({ port: 0, host: "127.0.0.1" });
