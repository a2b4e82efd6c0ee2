// Holds a request or an answer against PortOne's API description and names each deviation. It never
// throws on odd input: what cannot be understood is itself a deviation. Formats are not checked, because
// the description declares none that PortOne is known to enforce.
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { toJsonSchema } from "./json-schema.ts";
import {
  findOperation,
  type Operation,
  openApiDocument,
  type Parameter,
  type SchemaObject,
} from "./openapi-document.ts";
import { isKnownUndeclared } from "./undeclared-statuses.ts";

export interface Deviation {
  readonly where: "request" | "answer";
  /** `"POST /payments/cancel"`. */
  readonly operation: string;
  readonly status: number | null;
  /** JSON pointer into the body, or `path/…` and `query/…` for parameters. */
  readonly pointer: string;
  /** `required`, `type`, `enum`, `maximum`, … as in JSON Schema, or `undeclared_status`, `envelope`. */
  readonly rule: string;
  readonly message: string;
}

export interface SeenRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Form fields and queries are text, so there `"109000"` is a number; in JSON it is not. */
  readonly isForm: boolean;
}

const rootId = "portone";
const options = { strict: false, allErrors: true, validateFormats: false } as const;
const exact = withComponents(new Ajv(options));
const fromText = withComponents(new Ajv({ ...options, coerceTypes: "array" }));
const compiled = new WeakMap<Ajv, Map<SchemaObject, ValidateFunction>>();

function withComponents(ajv: Ajv): Ajv {
  const schemas = Object.entries(openApiDocument.components.schemas).map(
    ([name, schema]) => [name, toJsonSchema(schema, rootId)] as const,
  );
  return ajv.addSchema({ $id: rootId, components: { schemas: Object.fromEntries(schemas) } });
}

/** What is wrong with a request; empty when nothing is, or when the description has no such operation. */
export function checkRequest(method: string, template: string, request: SeenRequest): Deviation[] {
  const operation = findOperation(method, template);
  if (!operation) return [];
  const about = { where: "request", operation: `${method} ${template}`, status: null } as const;
  const found = checkParameters(operation, request);
  const schema = operation.requestBody?.content["application/json"]?.schema;
  if (schema) {
    const [ajv, body] = request.isForm ? [fromText, structuredClone(request.body)] : [exact, request.body];
    found.push(...check(ajv, schema, body ?? {}, ""));
  }
  return found.map((one) => ({ ...about, ...one }));
}

/** What is wrong with an answer; a refusal (`code` not 0) must carry no `response`. */
export function checkAnswer(method: string, template: string, status: number, body: unknown): Deviation[] {
  const operation = findOperation(method, template);
  if (!operation) return [];
  const name = `${method} ${template}`;
  const about = { where: "answer", operation: name, status } as const;
  const declared = operation.responses[String(status)]?.content?.["application/json"]?.schema;
  if (!declared && !isKnownUndeclared(name, status))
    return [{ ...about, pointer: "", rule: "undeclared_status", message: `${status} is not declared` }];
  const found = checkEnvelope(body);
  const hasSucceeded = found.length === 0 && (body as { code: unknown }).code === 0;
  if (hasSucceeded && declared) found.push(...check(exact, declared, body, ""));
  return found.map((one) => ({ ...about, ...one }));
}

type Finding = Pick<Deviation, "pointer" | "rule" | "message">;

function checkEnvelope(body: unknown): Finding[] {
  if (typeof body !== "object" || body === null) return [envelope("", "the answer is no object")];
  const { code, message, response } = body as Record<string, unknown>;
  if (!Number.isInteger(code)) return [envelope("/code", "code must be an integer")];
  if (message !== null && typeof message !== "string")
    return [envelope("/message", "message must be text or null")];
  if (response === undefined) return [envelope("/response", "response is missing")];
  if (code === 0 && response === null) return [envelope("/response", "a success carries a response")];
  if (code !== 0 && response !== null) return [envelope("/response", "a refusal carries no response")];
  return [];
}

const envelope = (pointer: string, message: string): Finding => ({ pointer, rule: "envelope", message });

function checkParameters(operation: Operation, request: SeenRequest): Finding[] {
  return (operation.parameters ?? []).flatMap((parameter): Finding[] => {
    if (parameter.in === "header") return [];
    const value = request[parameter.in][parameter.name];
    const pointer = `${parameter.in}/${parameter.name}`;
    if (value === undefined)
      return parameter.required
        ? [{ pointer, rule: "required", message: `${parameter.name} is missing` }]
        : [];
    return check(fromText, schemaOf(parameter), { value }, pointer);
  });
}

/** One object a parameter, so that its validator is compiled once. */
const parameterSchemas = new WeakMap<Parameter, SchemaObject>();

function schemaOf(parameter: Parameter): SchemaObject {
  const known = parameterSchemas.get(parameter);
  if (known) return known;
  const value = { ...parameter.schema, description: parameter.description };
  const schema = { type: "object", properties: { value } };
  parameterSchemas.set(parameter, schema);
  return schema;
}

function check(ajv: Ajv, schema: SchemaObject, value: unknown, prefix: string): Finding[] {
  const validate = validatorOf(ajv, schema);
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .filter((error) => !isBranch(error))
    .map((error) => ({
      pointer: prefix === "" ? pointerOf(error) : prefix,
      rule: error.keyword,
      message: error.message ?? error.keyword,
    }));
}

/** "Nullable" becomes a choice with null; its two branch failures say less than the real one beside them. */
function isBranch(error: ErrorObject): boolean {
  return error.keyword === "anyOf" || (error.keyword === "type" && error.params["type"] === "null");
}

function pointerOf(error: ErrorObject): string {
  const missing: unknown = error.params["missingProperty"];
  return typeof missing === "string" ? `${error.instancePath}/${missing}` : error.instancePath;
}

function validatorOf(ajv: Ajv, schema: SchemaObject): ValidateFunction {
  const cache = compiled.get(ajv) ?? new Map<SchemaObject, ValidateFunction>();
  compiled.set(ajv, cache);
  const known = cache.get(schema);
  if (known) return known;
  const validate = ajv.compile(toJsonSchema(schema, rootId));
  cache.set(schema, validate);
  return validate;
}
