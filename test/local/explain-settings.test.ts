// Wrong settings as a newcomer reads them.
import { expect, it } from "vitest";
import { explainSettings } from "../../infra/local/explain-settings.ts";

const problems = [
  "PAY_SANBOX: unknown setting",
  "PAY_MID: must name at least one MID",
  "PAY_ALLOWED_ORIGINS: shop.example must be an origin",
  "PAY_ALLOWED_ORIGINS: 가게 must be an origin",
];

it("tells once below each setting what it means, in the reader's language", () => {
  expect(explainSettings(problems, "ko").split("\n")).toEqual([
    "- PAY_SANBOX: unknown setting",
    "- PAY_MID: must name at least one MID",
    "    KSNET 상점아이디(MID). 여러 개는 쉼표로. 다른 MID의 결제는 우리 것이 아닙니다.",
    "- PAY_ALLOWED_ORIGINS: shop.example must be an origin",
    "- PAY_ALLOWED_ORIGINS: 가게 must be an origin",
    "    `/payments/complete`를 부를 수 있는 페이지의 origin. 여러 개는 쉼표로.",
  ]);
  expect(explainSettings(problems, "en")).toContain("    KSNET's MID, several by comma.");
});
