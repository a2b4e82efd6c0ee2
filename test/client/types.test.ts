// The client's types are what docs/openapi.json says, and what is renamed there does not compile.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isWrittenFrom, readDocument, typesFile } from "../../infra/build/client-types.ts";
import { copyProduct, type Plant } from "../support/house/compiling.ts";

it("the types are those of the document, and nobody touched them", () => {
  const [document, types] = [readDocument(), readFileSync(typesFile, "utf8")];
  // Else: npm run client-types
  expect(isWrittenFrom(document, types)).toBe(true);
  expect(isWrittenFrom(document.replace('"refund_id"', '"refund_no"'), types)).toBe(false);
  expect(isWrittenFrom(document, types.replace("refund_id: string", "refund_no: string"))).toBe(false);
});

it("a field renamed in a schema does not compile", { timeout: 60_000 }, () => {
  const copy = copyProduct(["infra", "test/client/described-types.ts"]);
  const rename = (file: string, from: string, to: string): Plant => ({ file, from, to });
  const answer = [
    rename("lib/http/views/refund.ts", "  cancellation_id: ", "  cancel_id: "),
    rename("infra/build/openapi/answers/refund.ts", "    cancellation_id: ", "    cancel_id: "),
  ];
  const request = [
    rename(
      "lib/http/requests/refund.ts",
      "  reason: z.optional(text(256)),",
      "  why: z.optional(text(256)),",
    ),
  ];
  const header = [rename("lib/client/doors.ts", '"Idempotency-Key": string', '"Refund-Key": string')];
  const words = [[], answer, request, header].map((plants) => copy.compile(plants));
  copy.remove();
  const [asItIs, ...planted] = words;
  expect(asItIs).toBe("");
  const wherever = (file: string) =>
    expect.stringMatching(new RegExp(`${file}\\(\\d+,\\d+\\): error TS`, "m"));
  expect(planted).toEqual([
    wherever("test/client/described-types\\.ts"),
    wherever("test/client/described-types\\.ts"),
    wherever("lib/client/client\\.ts"),
  ]);
});
