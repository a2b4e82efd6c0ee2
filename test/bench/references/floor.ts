// The floor of every bundle: the SDK's client with the three commands that confirm and notice use, built as the
// functions are. What they weigh and take beyond it is ours, middy's and the signer's.
import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

export const handler = async (event: object): Promise<object> => {
  const table = { TableName: process.env["PAY_TABLE"] ?? "" };
  const key = { pk: { S: "floor" } };
  if ("put" in event) return client.send(new PutItemCommand({ ...table, Item: key }));
  if ("update" in event) return client.send(new UpdateItemCommand({ ...table, Key: key }));
  return client.send(new GetItemCommand({ ...table, Key: key }));
};
