// A question to the table that is answered at once, inside the process: what the SDK itself costs for each call.
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { createTableClient } from "../../../lib/dynamodb/table-client.ts";

const client = createTableClient(null);
const item = Buffer.from('{"Item":{"pk":{"S":"order#ord-20260805-000142"}}}');
client.config.requestHandler.handle = async () => ({
  response: {
    statusCode: 200,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: item,
  } as never,
});

export async function handler(): Promise<{ readonly statusCode: number }> {
  const Key = { pk: { S: "order#ord-20260805-000142" } };
  const { Item } = await client.send(new GetItemCommand({ TableName: "orders", Key }));
  return { statusCode: Item?.["pk"]?.S === Key.pk.S ? 200 : 500 };
}
