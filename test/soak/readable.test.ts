// A number is found in every form it can be read in, wherever it stands, and no other number is.
import { describe, expect, it } from "vitest";
import { findReadable } from "./readable.ts";

const phone = "010-1234-5678";
const company = "117 81 78260";
const others = ["010-9999-5678", "118-81-78260"];
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("whoever looks for readable numbers", () => {
  it.each([
    ["as it was written", `"identifier":"${phone}"`, phone],
    ["without its hyphens", `identifier=01012345678&type=person`, phone],
    ["without its blanks", `{"masked":"1178178260"}`, company],
    ["with its blanks", `the number ${company} is no such number`, company],
    ["in a URL", `/receipts?identifier=${encodeURIComponent(company)}`, company],
    ["in a form", `identifier=${company.replaceAll(" ", "+")}`, company],
    ["each byte of it in percents", "id=%30%31%30%31%32%33%34%35%36%37%38", phone],
    ["in base64", base64(phone), phone],
    ["bare, in base64", base64("01012345678"), phone],
    ["in base64 behind one byte", base64(`"${phone}"}`), phone],
    ["in base64 behind two bytes", base64(`: ${phone}, and more`), phone],
    ["in base64 behind a whole record", base64(`{"identifier":"01012345678","type":"person"}`), phone],
  ])("finds one %s", (_, text, number) => {
    expect(findReadable([...others, number], ["nothing", text])).toEqual([number]);
  });

  it("finds none that is masked, sealed or cut", () => {
    const texts = [
      "010****5678",
      `1.${"kL9_-".repeat(20)}`,
      "010-1234-567",
      "1012345678",
      base64("0101234567"),
    ];
    expect(findReadable([phone, company, ...others], texts)).toEqual([]);
  });

  it("finds each of several, in whatever text it stands", () => {
    expect(findReadable([phone, company], [`${company}`, `x${base64(phone)}`])).toEqual([phone, company]);
  });
});
