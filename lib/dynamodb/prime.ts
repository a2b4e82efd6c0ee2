// Opens the connection to the table while Lambda still gives INIT its full CPU: half a read unit for a
// key that does not exist takes the TLS handshake and the first compile out of a buyer's confirm.
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { TableAccess } from "./versioned-item.ts";

export async function primeTable({ client, table }: TableAccess): Promise<void> {
  await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: "prime" } } }));
}
