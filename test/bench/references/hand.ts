// The notice with as little as can be: a signature of its own over node:https, one connection kept to each side, the
// token kept. No retries, no limits, no log: nobody should run it. What it takes is the lower bound.
import { createHash, createHmac } from "node:crypto";
import { Agent, request } from "node:https";

interface Event {
  readonly body: string;
}
type Attributes = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Json = Readonly<Record<string, unknown>>;

const {
  AWS_ACCESS_KEY_ID: accessKey = "",
  AWS_SECRET_ACCESS_KEY: secretKey = "",
  AWS_SESSION_TOKEN: sessionToken = "",
  AWS_REGION: region = "",
  PAY_DYNAMODB_ENDPOINT: tableUrl = "",
  PAY_PORTONE_URL: portoneUrl = "",
  PAY_PORTONE_KEY: impKey = "",
  PAY_PORTONE_SECRET: impSecret = "",
  PAY_TABLE: table = "",
} = process.env;
const agent = new Agent({ keepAlive: true });
const { host } = new URL(tableUrl);

function send(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Json> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        if (answer.statusCode === 200) resolve(JSON.parse(text) as Json);
        else reject(new Error(`${answer.statusCode}: ${text}`));
      });
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

let signingKey: { readonly day: string; readonly key: Buffer } = { day: "", key: Buffer.alloc(0) };

function keyOf(day: string): Buffer {
  if (signingKey.day !== day) {
    const scope = [region, "dynamodb", "aws4_request"];
    signingKey = { day, key: scope.reduce((key, part) => hmac(key, part), hmac(`AWS4${secretKey}`, day)) };
  }
  return signingKey.key;
}

function callTable(operation: string, input: object): Promise<Json> {
  const body = JSON.stringify(input);
  const time = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const day = time.slice(0, 8);
  const target = `DynamoDB_20120810.${operation}`;
  const names = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
  const type = "application/x-amz-json-1.0";
  const lines = `content-type:${type}\nhost:${host}\nx-amz-date:${time}\nx-amz-security-token:${sessionToken}\nx-amz-target:${target}\n`;
  const scope = `${day}/${region}/dynamodb/aws4_request`;
  const canonical = sha256(`POST\n/\n\n${lines}\n${names}\n${sha256(body)}`);
  const signature = hmac(keyOf(day), `AWS4-HMAC-SHA256\n${time}\n${scope}\n${canonical}`).toString("hex");
  const headers = {
    "content-type": type,
    "content-length": String(Buffer.byteLength(body)),
    "x-amz-date": time,
    "x-amz-security-token": sessionToken,
    "x-amz-target": target,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
  return send(tableUrl, "POST", headers, body);
}

let token: Promise<string> | null = null;

async function login(): Promise<string> {
  const body = JSON.stringify({ imp_key: impKey, imp_secret: impSecret });
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  const { response } = await send(`${portoneUrl}/users/getToken`, "POST", headers, body);
  return (response as { readonly access_token: string }).access_token;
}

export async function handler(event: Event): Promise<object> {
  const told = JSON.parse(event.body) as { readonly imp_uid: string; readonly merchant_uid: string };
  const { imp_uid: impUid, merchant_uid: merchantUid } = told;
  if (typeof impUid !== "string" || typeof merchantUid !== "string") return { statusCode: 400, body: "{}" };
  const Key = { pk: { S: `order#${merchantUid}` } };
  const { Item } = await callTable("GetItem", { TableName: table, Key, ConsistentRead: true });
  const order = Item as Attributes | undefined;
  if (!order) return { statusCode: 200, body: "{}" };
  token ??= login();
  const { response } = await send(`${portoneUrl}/payments/${impUid}`, "GET", { authorization: await token });
  const payment = response as {
    readonly status: string;
    readonly amount: number;
    readonly merchant_uid: string;
  };
  const isRight =
    payment.status === "paid" &&
    payment.amount === Number(order["amount"]?.["N"]) &&
    payment.merchant_uid === merchantUid;
  const version = Number(order["version"]?.["N"]);
  await callTable("UpdateItem", {
    TableName: table,
    Key,
    UpdateExpression: "SET #state = :state, imp_uid = :imp_uid, version = :next",
    ConditionExpression: "version = :version",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: {
      ":state": { S: isRight ? "paid" : "review" },
      ":imp_uid": { S: impUid },
      ":version": { N: String(version) },
      ":next": { N: String(version + 1) },
    },
  });
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: "{}" };
}
