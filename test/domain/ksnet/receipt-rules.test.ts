// What KSNET and the tax office ask of a request for a cash receipt: a row on each side of every rule.
import { describe, expect, it } from "vitest";
import {
  findBrokenReceiptRules,
  type ReceiptFacts,
  receiptRules,
} from "../../../lib/domain/ksnet/receipt-rules.ts";
import type { IdentifierType } from "../../../lib/domain/receipt-identifier.ts";

const nowMs = Date.parse("2026-08-05T12:00:00+09:00");
const asked: ReceiptFacts = {
  productType: "real",
  identifier: "01012345678",
  identifierType: "phone",
  type: "person",
  sale: null,
};
const found = (more: Partial<ReceiptFacts>, atMs = nowMs) =>
  findBrokenReceiptRules({ ...asked, ...more }, { nowMs: atMs, contracts: new Set() }).map(
    ({ code, title, pointer }) => [code, title, pointer],
  );
const invalid = (title: string, pointer = "/identifier") => [["identifier_invalid", title, pointer]];
const formless = invalid("Invalid receipt identifier");
const wrongDigit = invalid("The check digit of the business number is wrong");
const nobodys = invalid("Nobody can have this resident number");

describe("a request for a receipt", () => {
  it.each<[string, Partial<ReceiptFacts>]>([
    ["an order's", {}],
    ["a digital one", { productType: "digital" }],
    ["a sale's, with its buyer", { sale: { buyerName: "홍길동" } }],
    ["a number that is malformed, and refused as such", { identifier: null }],
  ])("is taken: %s", (_, more) => {
    expect(found(more)).toEqual([]);
  });

  it.each<[Partial<ReceiptFacts>, string, string]>([
    [{ productType: null }, "product_type_required", "/product_type"],
    [{ sale: { buyerName: null } }, "buyer_name_required", "/buyer_name"],
    [{ sale: { buyerName: "  " } }, "buyer_name_required", "/buyer_name"],
    [{ sale: { buyerName: "\u3164" } }, "buyer_name_required", "/buyer_name"],
  ])("%j is refused as %s", (more, code, pointer) => {
    expect(found(more).map(([broken, , place]) => [broken, place])).toEqual([[code, pointer]]);
  });

  it("is told everything at once, and of its number one thing", () => {
    const more = { productType: null, sale: { buyerName: null }, identifier: "0101234567a" };
    expect(found(more).map(([code]) => code)).toEqual([
      "product_type_required",
      "buyer_name_required",
      "identifier_invalid",
    ]);
  });

  it("is refused in Korean that says what to do", () => {
    for (const { detail } of receiptRules) expect(detail).toMatch(/(필요합니다|주세요|보내세요|발급합니다)/);
  });
});

describe("a phone number", () => {
  it.each([
    "01012345678",
    "010-1234-5678",
    " 010 1234 5678 ",
    "0111234567",
    "01112345678",
    "0161234567",
    "0171234567",
    "0181234567",
    "01912345678",
    "010-000-1234",
  ])("is %j, said or told by its form", (identifier) => {
    expect(found({ identifier })).toEqual([]);
    expect(found({ identifier, identifierType: null })).toEqual([]);
    expect(found({ identifier: identifier.replaceAll(/\D/g, "") })).toEqual([]);
  });

  it.each([
    "",
    "- -",
    "0101234567",
    "0100001235",
    "010123456789",
    "011123456",
    "011123456789",
    "01212345678",
    "01512345678",
    "00012345678",
    "0212345678",
    "02-1670-5176",
    "+821012345678",
    "010.1234.5678",
    "010/1234/5678",
    "010_1234_5678",
    "(010)1234-5678",
    "010\t1234\t5678",
    "010\n12345678",
    "010\u00a01234\u00a05678",
    "010\u20101234\u20105678",
    "０１０１２３４５６７８",
    "٠١٠١٢٣٤٥٦٧٨",
    "0101234567a",
    "공일공12345678",
  ])("is not %j, said or told by its form", (identifier) => {
    expect(found({ identifier })).toEqual(formless);
    expect(found({ identifier, identifierType: null })).toEqual(formless);
  });

  it("proves a business's expenditure as well", () => {
    expect(found({ type: "company" })).toEqual([]);
  });
});

describe("a business number", () => {
  const business = { identifierType: "business", type: "company" } as const;

  it.each(["1178178260", "117-81-78260", "117 81 78260", "2208162517", "1208147521", "1248100998"])(
    "is %j, said or told by its form",
    (identifier) => {
      expect(found({ ...business, identifier })).toEqual([]);
      expect(found({ ...business, identifierType: null, identifier })).toEqual([]);
    },
  );

  it.each(["1178178261", "1178178269", "1178178250", "1178176280", "2178178260"])(
    "%j has another check digit",
    (identifier) => {
      expect(found({ ...business, identifier })).toEqual(wrongDigit);
      expect(found({ ...business, identifierType: null, identifier })).toEqual(wrongDigit);
    },
  );

  it.each(["117817826", "11781782600", "0000000000", "0178178260", "117.81.78260", "１１７８１７８２６０"])(
    "is not %j",
    (identifier) => {
      expect(found({ ...business, identifier })).toEqual(formless);
    },
  );

  it.each<[IdentifierType | null]>([["business"], [null]])(
    "is no person's, as whatever it is said to be (%j)",
    (identifierType) => {
      const title = "A business number is for proof of expenditure";
      expect(found({ identifier: "1178178260", identifierType })).toEqual(invalid(title, "/type"));
      expect(found({ identifier: "1178178260", identifierType, type: null })).toEqual([]);
    },
  );
});

describe("a resident number", () => {
  const person = { identifierType: "person" } as const;

  it.each<[string, string]>([
    ["born in the 1900s", "8001011234567"],
    ["written with its hyphen", "800101-1234567"],
    ["on the last day of a century", "991231-2234567"],
    ["on the first of the next", "000101-3234567"],
    ["a foreigner of the 1900s", "850615-5234567"],
    ["a foreigner of the 2000s", "010615-8234567"],
    ["on 29 February of a leap year", "000229-4234567"],
    ["without a check digit, as since October 2020", "201005-3000000"],
    ["today", "260805-3234567"],
  ])("may be of somebody born %s", (_, identifier) => {
    expect(found({ ...person, identifier })).toEqual([]);
  });

  it.each<[string, string]>([
    ["in a month there is not", "801301-1234567"],
    ["in no month", "800001-1234567"],
    ["on no day", "800100-1234567"],
    ["on 31 April", "800431-1234567"],
    ["on 29 February 1900", "000229-2234567"],
    ["on 29 February of another year", "010229-3234567"],
    ["tomorrow", "260806-4234567"],
    ["in the 1800s", "800101-9234567"],
    ["in the 1800s as a woman", "800101-0234567"],
  ])("is nobody's born %s", (_, identifier) => {
    expect(found({ ...person, identifier })).toEqual(nobodys);
  });

  it("of somebody born on this Korean day may be used from midnight in Korea on", () => {
    const born = { ...person, identifier: "260805-3234567" };
    const midnightMs = Date.parse("2026-08-05T00:00:00+09:00");
    expect(found(born, midnightMs)).toEqual([]);
    expect(found(born, midnightMs - 1)).toEqual(nobodys);
  });

  it.each(["800101123456", "80010112345678", "800101.1234567"])("is not %j", (identifier) => {
    expect(found({ ...person, identifier })).toEqual(formless);
  });

  it("takes either receipt: an issuer the tax office licensed takes both", () => {
    const number = { ...person, identifier: "8001011234567" } as const;
    for (const type of ["person", "company", null] as const) expect(found({ ...number, type })).toEqual([]);
  });
});

describe("a receipt card", () => {
  it.each(["1".repeat(13), "1544-2020-1234-5678", "1".repeat(19)])(
    "has 13 to 19 digits: %j",
    (identifier) => {
      expect(found({ identifier, identifierType: "taxcard" })).toEqual([]);
      expect(found({ identifier, identifierType: null })).toEqual([]);
      expect(found({ identifier, identifierType: "taxcard", type: "company" })).toEqual([]);
    },
  );

  it.each(["1".repeat(12), "1".repeat(20), "1234-5678-9012-345x"])("is not %j", (identifier) => {
    expect(found({ identifier, identifierType: "taxcard" })).toEqual(formless);
    expect(found({ identifier, identifierType: null })).toEqual(formless);
  });

  it("may be what thirteen digits are that nobody called a resident number", () => {
    expect(found({ identifier: "801301-1234567", identifierType: null, type: "company" })).toEqual([]);
  });
});

describe("the self-issue number", () => {
  const selfIssue = { identifier: "010-000-1234" };
  const company = invalid("The self-issue number is for the income deduction", "/type");

  it.each<[IdentifierType | null]>([["phone"], [null]])(
    "is for the income deduction (%j)",
    (identifierType) => {
      expect(found({ ...selfIssue, identifierType })).toEqual([]);
      expect(found({ ...selfIssue, identifierType, type: null })).toEqual([]);
      expect(found({ ...selfIssue, identifierType, type: "company" })).toEqual(company);
    },
  );

  it.each<[IdentifierType]>([["business"], ["person"], ["taxcard"]])("is no %s number", (identifierType) => {
    expect(found({ ...selfIssue, identifierType })).toEqual(formless);
  });
});
