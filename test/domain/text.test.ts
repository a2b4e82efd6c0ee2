// Text as people see it: what is fit to be stored and shown, what is visible, and where it is cut.
import { describe, expect, it } from "vitest";
import { cutToBytes, isFit, isFitInLines, isVisible, tidy } from "../../lib/domain/text.ts";

const bytes = (text: string) => Buffer.byteLength(text);

describe("text is fit", () => {
  it.each([
    ["Korean and emoji", "홍길동 🎁", true, true],
    ["a family of one character", "👨‍👩‍👧‍👦", true, true],
    ["nothing", "", true, true],
    ["half an emoji, the first", "선물 \ud83c", false, false],
    ["half an emoji, the second", "\udf81 선물", false, false],
    ["the halves of an emoji the wrong way round", "\udf81\ud83c", false, false],
    ["NUL", "홍\u0000길동", false, false],
    ["an escape", "\u001b[31m빨강", false, false],
    ["a bell of the upper half", "홍\u0085", false, false],
    ["a line", "한 줄\n두 줄", false, true],
    ["a line of Windows", "한 줄\r\n\t두 줄", false, true],
    ["a line of Unicode", "한 줄\u2028두 줄", false, true],
    ["a replacement mark", "ȫ\ufffd浿", false, false],
    ["what is no character", "홍\uffff", false, false],
  ])("%s", (_, text, inOneLine, inLines) => {
    expect([isFit(text), isFitInLines(text)]).toEqual([inOneLine, inLines]);
  });
});

describe("text is visible", () => {
  it.each([
    ["a letter", "가", true],
    ["a digit", "1", true],
    ["an emoji", "🎁", true],
    ["a dash", "-", true],
    ["a Hanja", "金", true],
    ["a filler beside a letter", "\u3164가", true],
    ["nothing", "", false],
    ["blanks of every width", " \u00a0\u2003\u3000", false],
    ["a Hangul filler", "\u3164", false],
    ["a half-width filler", "\uffa0", false],
    ["fillers of Jamo", "\u115f\u1160", false],
    ["zero-width blanks and joiners", "\u200b\u200c\u200d\u2060", false],
    ["a byte order mark", "\ufeff", false],
    ["a soft hyphen", "\u00ad", false],
    ["marks of direction", "\u200e\u202e\u2066", false],
    ["a blank of Braille", "\u2800", false],
    ["an accent on nothing", "\u0301", false],
    ["a selector of variants", "\ufe0f", false],
    ["a tag", "\u{e0041}", false],
  ])("%s", (_, text, expected) => {
    expect(isVisible(text)).toBe(expected);
  });
});

describe("a cut", () => {
  it.each([
    ["what fits", "홍길동", 9, "홍길동"],
    ["at a character of three bytes", "홍길동", 8, "홍길"],
    ["before an emoji of four", "선물🎁", 9, "선물"],
    ["before a whole family", "가👨‍👩‍👧‍👦", 20, "가"],
    ["before a flag", "가🇰🇷", 10, "가"],
    ["before a syllable of Jamo", `가${"각".normalize("NFD")}`, 9, "가"],
    ["before a letter and its accent", "abe\u0301", 4, "ab"],
    ["of one character too large", `e${"\u0301".repeat(500)}`, 300, ""],
    ["to nothing", "홍길동", 2, ""],
    ["of nothing", "", 0, ""],
  ])("%s", (_, text, most, kept) => {
    expect(cutToBytes(text, most)).toBe(kept);
    expect(bytes(cutToBytes(text, most))).toBeLessThanOrEqual(most);
  });
});

describe("tidy", () => {
  it.each([
    ["half an emoji", "한도초과 \ud83c", "한도초과 \ufffd"],
    ["NUL and lines", " 한도\u0000초과\r\n다시 ", "한도 초과 다시"],
    ["ten thousand characters", "한도초과 ".repeat(2_000), "한도초과 ".repeat(23).trim()],
  ])("%s", (_, text, expected) => {
    expect(tidy(text, 300)).toBe(expected);
    expect(bytes(tidy(text, 300))).toBeLessThanOrEqual(300);
  });
});
