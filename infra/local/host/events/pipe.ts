// The deployed pipe, by the words it is deployed with: which records of the table's stream pass its filter, and what
// event becomes of one.
// Source: EventBridge user guide, "Amazon EventBridge Pipes input transformation".
import { randomUUID } from "node:crypto";
import { isObject, type JsonObject } from "../intrinsics.ts";
import { localAccountId, localRegion, type PipeDefinition } from "../template.ts";
import { matchesPattern } from "./pattern.ts";

/** A record of the stream, as far as a pipe looks at it. */
export interface StreamRecord extends JsonObject {
  readonly eventName: string;
  readonly dynamodb: JsonObject;
}

export interface BusEvent extends JsonObject {
  readonly "detail-type": string;
  readonly source: string;
  readonly detail: JsonObject;
}

export const passes = ({ patterns }: PipeDefinition, record: StreamRecord): boolean =>
  patterns.some((pattern) => matchesPattern(pattern, record));

/** Throws where the record lacks what the pipe's configuration takes from it. */
export function toBusEvent(pipe: PipeDefinition, record: StreamRecord, nowMs: number): BusEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": String(valueAt(record, pipe.detailType)),
    source: pipe.source,
    account: localAccountId,
    time: new Date(nowMs).toISOString(),
    region: localRegion,
    resources: [],
    detail: JSON.parse(fill(pipe.inputTemplate, record)) as JsonObject,
  };
}

/** Within a text a value is put in as it is; alone it keeps its kind, and the table's numbers are text. */
const fill = (template: string, record: StreamRecord): string =>
  template.replaceAll(/"(?:[^"\\]|\\.)*"|<(\$[^>]*)>/g, (found, path: string | undefined) =>
    path === undefined
      ? found.replaceAll(/<(\$[^>]*)>/g, (_, inner: string) => inText(valueAt(record, inner)))
      : JSON.stringify(valueAt(record, path)),
  );

const inText = (value: unknown): string => JSON.stringify(String(value)).slice(1, -1);

function valueAt(record: StreamRecord, path: string): unknown {
  const value = path
    .split(".")
    .slice(1)
    .reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), record);
  if (value === undefined) throw new Error(`the record has no ${path}`);
  return value;
}
