// When the sweep has to look at something next, read in the table's own list of what is due: no function is asked, and
// no call is counted.
import { DynamoDBClient, paginateScan, type ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import { localRegion } from "./template.ts";

export interface NextDue {
  readonly atMs: () => Promise<number | null>;
  readonly close: () => void;
}

export function createNextDue(endpoint: string, table: string): NextDue {
  const client = new DynamoDBClient({
    endpoint,
    region: localRegion,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  return {
    atMs: async () => {
      let earliestMs = Number.POSITIVE_INFINITY;
      for await (const page of paginateScan({ client }, { TableName: table, IndexName: "due" }))
        earliestMs = Math.min(earliestMs, ...timesOf(page));
      return Number.isFinite(earliestMs) ? earliestMs : null;
    },
    close: () => client.destroy(),
  };
}

const timesOf = ({ Items = [] }: ScanCommandOutput): readonly number[] =>
  Items.map((item) => Number(item["due_at"]?.N));
