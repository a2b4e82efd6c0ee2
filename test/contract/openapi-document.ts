// Reads the OpenAPI 3.0 description of PortOne's V1 API and finds its operations. Judges nothing.
import document from "./portone-v1-subset.openapi.json" with { type: "json" };

export type SchemaObject = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: SchemaObject;
  readonly description?: string;
}

export interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: SchemaObject }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: SchemaObject }>> }>
  >;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaObject>> };
}

export const openApiDocument = document as unknown as OpenApiDocument;

/** Every operation as `"POST /payments/cancel"`. */
export const operationNames: readonly string[] = Object.entries(openApiDocument.paths).flatMap(
  ([template, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${template}`),
);

/** The operation behind a method and a path template, or null when the document has none. */
export function findOperation(method: string, template: string): Operation | null {
  return openApiDocument.paths[template]?.[method.toLowerCase()] ?? null;
}
