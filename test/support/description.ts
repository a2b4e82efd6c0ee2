// docs/openapi.json, held against every answer that tests see: the status must be one of the door's, its body must be what
// is described there, and nothing else may stand in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { keepSeenCode } from "./seen-codes.ts";

type Schema = Readonly<Record<string, unknown>>;

interface Content {
  readonly schema: Schema;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly required: boolean };
  readonly "x-direct-function"?: string;
  readonly "x-direct-action"?: string;
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly responses: Readonly<Record<string, Response>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

const file = join(import.meta.dirname, "../../docs/openapi.json");
export const readDescription = (): Description => JSON.parse(readFileSync(file, "utf8")) as Description;

export interface SeenAnswer {
  readonly status: number;
  /** Null where there is none. */
  readonly body: unknown;
  /** Absent in a direct invocation. */
  readonly contentType?: string | null;
}

interface HttpReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** What of a reply is described. */
export const describedParts = ({ status, headers, text, json }: HttpReply): SeenAnswer => ({
  status,
  body: text === "" ? null : json,
  contentType: headers.get("content-type"),
});

/** What answers are compared with. */
export class DescribedDoors {
  readonly #description: Description;
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<Schema, ValidateFunction>();
  readonly #routes: readonly {
    readonly route: string;
    readonly form: RegExp;
    readonly operation: Operation;
  }[];

  constructor(description: Description) {
    this.#description = description;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    const schemas = Object.entries(description.components.schemas).map(([name, schema]) => [
      name,
      // What a refusal tells more is closed where it is used.
      name === "Problem" ? schema : closed(schema),
    ]);
    this.#ajv.addSchema({ $id: "doors", components: { schemas: Object.fromEntries(schemas) } });
    this.#routes = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        form: new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`, "i"),
        operation,
      })),
    );
  }

  /** Null where the description has no such door. */
  find(method: string, path: string): Operation | null {
    const asked = `${method} ${path.replace(/\?.*$/s, "")}`;
    return this.#routes.find(({ form }) => form.test(asked))?.operation ?? null;
  }

  /** The first of a function's is what is meant where no action is named; null for one that it does not have. */
  findAction(functionName: string, action?: unknown): Operation | null {
    const own = this.#routes.filter(({ operation }) => operation["x-direct-function"] === functionName);
    const named = own.find(({ operation }) => operation["x-direct-action"] === action);
    return (action === undefined ? own[0] : named)?.operation ?? null;
  }

  /** What is wrong with an answer; nothing with what API Gateway says by itself. */
  findDeviations(operation: Operation, { status, body, contentType }: SeenAnswer): readonly string[] {
    const name = `${operation.operationId} ${status}`;
    if (isGateways(body, contentType)) return [];
    const told = operation.responses[status];
    const response = told?.$ref
      ? this.#description.components.responses[told.$ref.replace(/^.*\//, "")]
      : told;
    if (!response) return [`${name} is not described: ${JSON.stringify(body)}`];
    const type = contentType?.replace(/;.*$/, "") ?? Object.keys(response.content ?? {})[0];
    const content = type === undefined ? undefined : response.content?.[type];
    if (!content) return body === null && !response.content ? [] : [`${name} is not described as ${type}`];
    const validate = this.#validatorOf(content.schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${name} ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  #validatorOf(schema: Schema): ValidateFunction {
    const known = this.#compiled.get(schema);
    if (known) return known;
    const isRefusal = "allOf" in schema;
    const whole = { ...(pointed(schema) as Schema), ...(isRefusal && { unevaluatedProperties: false }) };
    const validate = this.#ajv.compile(whole);
    this.#compiled.set(schema, validate);
    return validate;
  }
}

/** Every refusal that is declared, by its door. */
export function allCodesOf({ paths, components }: Description) {
  return Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ operationId, responses }) =>
      Object.values(responses)
        .map(({ $ref, ...own }) => ($ref ? components.responses[$ref.replace(/^.*\//, "")] : own))
        .flatMap((response) => codesIn(response?.content?.["application/problem+json"]?.schema))
        .map((code) => ({ operationId, code })),
    );
}

function codesIn(schema: Schema | undefined): readonly string[] {
  const { allOf = [] } = (schema ?? {}) as {
    readonly allOf?: readonly {
      readonly properties?: { readonly code: { readonly enum: readonly string[] } };
    }[];
  };
  return allOf.flatMap(({ properties }) => properties?.code.enum ?? []);
}

const isGateways = (body: unknown, contentType: string | null | undefined): boolean =>
  contentType === "application/json" &&
  typeof body === "object" &&
  body !== null &&
  Object.keys(body).join() === "message";

/** References lead to where the components are. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([keyword, one]) =>
      keyword === "$ref" ? [keyword, `doors${String(one)}`] : [keyword, pointed(one)],
    ),
  );
}

/** Answers may grow for their readers, but not unseen by their description. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const isOpen = "properties" in value && !("additionalProperties" in value);
  const inside = Object.fromEntries(Object.entries(value).map(([keyword, one]) => [keyword, closed(one)]));
  return isOpen ? { ...inside, additionalProperties: false } : inside;
}

const doors = new DescribedDoors(readDescription());

/** An answer over HTTP. */
export function checkDescribed(method: string, path: string, seen: SeenAnswer): void {
  const operation = doors.find(method, path);
  if (operation) check(operation, seen, `${method} ${path}`);
}

/** The answer to a direct invocation. */
export function checkDirectDescribed(functionName: string, action: unknown, seen: SeenAnswer): void {
  const operation = doors.findAction(functionName, action);
  if (operation) check(operation, seen, `${functionName} ${action}`);
}

function check(operation: Operation, seen: SeenAnswer, asked: string): void {
  expect(doors.findDeviations(operation, seen), asked).toEqual([]);
  if (seen.status >= 400) keepSeenCode(operation.operationId, seen.body);
}
