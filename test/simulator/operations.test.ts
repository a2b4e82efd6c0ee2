// Every operation of the API description is answered by the simulator, and none that is not in it.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { operationOf } from "./api/endpoint.ts";
import { endpoints } from "./api/endpoints.ts";

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

it("answers exactly the operations of the description", () => {
  const file = new URL("../contract/portone-v1-subset.openapi.json", import.meta.url);
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as Description;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    ["get", "post", "put", "delete"]
      .filter((method) => method in methods)
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(Object.keys(paths)).toHaveLength(34);
  expect(endpoints.map(operationOf).toSorted()).toEqual(described.toSorted());
});
