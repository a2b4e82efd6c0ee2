// docs/direct-invocation.schema.json, as whoever calls the functions directly would use it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";

const docs = join(import.meta.dirname, "../../docs");
const read = (name: string) => JSON.parse(readFileSync(join(docs, name), "utf8")) as object;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(read("openapi.json"), "https://docs.example/openapi.json");
ajv.addSchema(read("direct-invocation.schema.json"), "https://docs.example/direct-invocation.schema.json");

function findWrong(pointer: string, value: unknown): readonly unknown[] {
  const validate = ajv.getSchema(`https://docs.example/direct-invocation.schema.json#/actions/${pointer}`);
  if (!validate) throw new Error(`no schema of ${pointer}`);
  return validate(value) ? [] : (validate.errors ?? []);
}

export const directlyAsked = (action: string, payload: unknown): readonly unknown[] =>
  findWrong(`${action}/payload`, payload);
export const directlyAnswered = (action: string, answer: unknown): readonly unknown[] =>
  findWrong(`${action}/answer`, answer);
