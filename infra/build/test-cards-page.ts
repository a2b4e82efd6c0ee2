// Writes docs/test-cards.md: what the local simulator does with which card and number, `npx node infra/build/test-cards-page.ts`.
// A test sends every one of them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pageHead, type Text } from "./page-head.ts";

export interface TestCard extends Text {
  readonly number: string;
  /** Of `POST /payments/onetime`. */
  readonly status: number;
  readonly code: string | null;
}

export const testCards: readonly TestCard[] = [
  { number: "4518-4200-0000-0015", status: 201, code: null, ko: "승인됩니다", en: "is approved" },
  {
    number: "4518-4200-0005-0002",
    status: 402,
    code: "card_declined",
    ko: "`0002`로 끝나면 카드사가 거절합니다(한도초과)",
    en: "ends in `0002`: the card company declines",
  },
  {
    number: "4518-4200-0002-0005",
    status: 402,
    code: "card_declined",
    ko: "`0005`로 끝나면 카드사에 닿지 않습니다",
    en: "ends in `0005`: the card company is not reached",
  },
  {
    number: "4518-4200-0000-0016",
    status: 422,
    code: "card_number_invalid",
    ko: "검증 숫자가 틀려 보내기 전에 거절합니다",
    en: "has a wrong check digit and is refused before anything is sent",
  },
];

export interface TestIdentifier extends Text {
  readonly identifier: string;
  readonly type: string;
  readonly status: number;
}

export const testIdentifiers: readonly TestIdentifier[] = [
  { identifier: "010-1234-5678", type: "phone", status: 201, ko: "발급됩니다", en: "is issued" },
  { identifier: "117-81-78260", type: "business", status: 201, ko: "발급됩니다", en: "is issued" },
  {
    identifier: "117-81-78261",
    type: "business",
    status: 422,
    ko: "검증 숫자가 틀려 거절합니다(`identifier_invalid`)",
    en: "has a wrong check digit, `identifier_invalid`",
  },
];

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

export const testCardsPage = (): string =>
  [
    pageHead({ ko: "테스트 카드", en: "Test cards" }, "infra/build/test-cards-page.ts"),
    "`npm start`의 시뮬레이터에서만 쓰는 번호입니다. 포트원에서는 아무 뜻이 없습니다.",
    "For the simulator of `npm start` only; to PortOne they mean nothing.",
    "",
    "## 카드번호 결제와 빌링키 · By number and by key",
    "",
    "유효기간은 오늘 이후의 `YYYY-MM`, 생년월일은 `820213`, 비밀번호 앞 두 자리는 `00`처럼 형식만 맞으면 됩니다.",
    "Any expiry that is still to come, `YYYY-MM`; birth and password digits need their form only, as `820213` and `00`.",
    "",
    row("`card_number`", "`POST /payments/onetime`", "뜻 · meaning"),
    row("---", "---", "---"),
    ...testCards.map(({ number, status, code, ko, en }) =>
      row(`\`${number}\``, code === null ? `${status}` : `${status} \`${code}\``, `${ko} · ${en}`),
    ),
    "",
    "## 현금영수증 · Cash receipts",
    "",
    row("`identifier`", "`identifier_type`", "`POST …/receipt`", "뜻 · meaning"),
    row("---", "---", "---", "---"),
    ...testIdentifiers.map(({ identifier, type, status, ko, en }) =>
      row(`\`${identifier}\``, `\`${type}\``, `${status}`, `${ko} · ${en}`),
    ),
    "",
    "## 결제창 · The window",
    "",
    "결제창에서는 구매자가 승인, 거절, 닫기를 고릅니다. 거절은 `한도초과`로 돌아옵니다. 화면 없이 하려면",
    "[시뮬레이터의 레버](../test/simulator/README.ko.md)를 쓰세요.",
    "In the window the buyer chooses: approve, decline (`한도초과`), close. Without a screen use",
    "[the simulator's levers](../test/simulator/README.md).",
    "",
  ].join("\n");

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/test-cards.md"), testCardsPage());
