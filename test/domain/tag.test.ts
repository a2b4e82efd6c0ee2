// The tag that names one refund in PortOne's cancel history, and the merchant's text that must not carry one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { providerReason } from "../../lib/domain/refund.ts";
import { tagIn, withoutTags } from "../../lib/domain/tag.ts";

const tag = "#k7q2m5xwa";

describe("tagIn", () => {
  it.each([
    ["our own text", "#k7q2m5xwa 단순 변심", tag],
    ["the tag alone", "#k7q2m5xwa", tag],
    ["words PortOne put before it", "API 취소: #k7q2m5xwa 단순 변심", tag],
    ["the first of two", "#k7q2m5xwa #aaaaaaaaa", tag],
    ["the console's own text", "관리자페이지취소", null],
    ["eight characters", "#k7q2m5xw", null],
    ["capitals", "#K7Q2M5XWA", null],
    ["digits base32 has not", "#k7q2m5xw1", null],
    ["nothing", "", null],
  ])("%s", (_, reason, found) => {
    expect(tagIn(reason)).toBe(found);
  });
});

describe("a merchant's text", () => {
  it.each([
    ["단순 변심", "단순 변심"],
    ["상품 #3 품절", "상품 #3 품절"],
    ["#k7q2m5xwa 환불", "k7q2m5xwa 환불"],
    ["a #aaaaaaaaa b #bbbbbbbbb", "a aaaaaaaaa b bbbbbbbbb"],
    ["##k7q2m5xwa", "k7q2m5xwa"],
    ["#k#7q2m5xwab", "k7q2m5xwab"],
  ])("%s becomes %s", (text, clean) => {
    expect(withoutTags(text)).toBe(clean);
  });

  it("stands behind the tag in what PortOne is told, cut at 200 bytes", () => {
    const told = (reason: string | null) => providerReason({ tag, reason });
    expect([told(null), told(""), told("단순 변심")]).toEqual([tag, tag, `${tag} 단순 변심`]);
    expect(told("#k7q2m5xwb 환불")).toBe(`${tag} k7q2m5xwb 환불`);
    expect(told("가".repeat(67))).toBe(`${tag} ${"가".repeat(66)}`);
  });

  it("can never name another refund, whatever is in it", () => {
    const text = fc.string({
      unit: fc.constantFrom("#", "a", "z", "2", "7", "가"),
      minLength: 9,
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (reason) => {
        expect(tagIn(withoutTags(reason))).toBeNull();
        expect(providerReason({ tag, reason }).match(/#[a-z2-7]{9}/g)).toEqual([tag]);
      }),
    );
  });
});
