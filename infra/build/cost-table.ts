// Writes what payments cost into docs/deploy.md and docs/deploy.ko.md, from what tests count and what AWS asks:
// `npx node infra/build/cost-table.ts`. Tests fail when a page holds something else.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Price, type PriceName, prices, sourceOf } from "./cost/prices.ts";
import { usageOf } from "./cost/usage.ts";

export type Language = "en" | "ko";
export const guides: Readonly<Record<Language, string>> = { en: "docs/deploy.md", ko: "docs/deploy.ko.md" };

export const volumes = [10_000, 1_000_000] as const;

const names: Readonly<Record<PriceName, Readonly<Record<Language, string>>>> = {
  gatewayRequests: { en: "API Gateway, HTTP API", ko: "API Gateway HTTP API" },
  lambdaRequests: { en: "Lambda, requests", ko: "Lambda 요청" },
  lambdaTime: { en: "Lambda, time", ko: "Lambda 실행 시간" },
  tableWrites: { en: "DynamoDB, writes", ko: "DynamoDB 쓰기" },
  tableReads: { en: "DynamoDB, reads", ko: "DynamoDB 읽기" },
  tableStorage: { en: "DynamoDB, these orders kept a month", ko: "DynamoDB 저장(이 달 주문의 한 달분)" },
  tableBackup: { en: "DynamoDB, point-in-time recovery of them", ko: "DynamoDB PITR(같은 주문)" },
  logsWritten: { en: "CloudWatch Logs, written", ko: "CloudWatch Logs 수집" },
  logsKept: { en: "CloudWatch Logs, 90 days kept", ko: "CloudWatch Logs 90일 보관" },
  keyRequests: { en: "KMS, reading the secrets", ko: "KMS(비밀값 복호화)" },
  dataOut: { en: "Data out to the internet", ko: "인터넷 전송" },
};

const words = {
  en: {
    head: ["what", "price", "read on", "10,000 payments", "1,000,000 payments"],
    sum: "sum, USD a month",
    noSeoul: " (us-east-1: no Seoul price found)",
    many: (count: number) => count.toLocaleString("en-US"),
  },
  ko: {
    head: ["항목", "단가", "확인한 날", "결제 1만 건", "결제 100만 건"],
    sum: "합계(월, USD)",
    noSeoul: "(서울 단가를 찾지 못해 us-east-1 기준)",
    many: (count: number) => `${count / 10_000}만`,
  },
};

export const costOf = (name: PriceName, payments: number): number =>
  (usageOf(payments)[name] / prices[name].per) * prices[name].usd;

/** Fractions of a cent are shown as less than one. */
const shownUsd = (usd: number): string => (usd < 0.005 ? "< 0.01" : usd.toFixed(2));

function shownPrice(price: Price, language: Language): string {
  const { usd, per, unit, region } = price;
  const many = per === 1 ? "" : `${words[language].many(per)} `;
  const elsewhere = region === "ap-northeast-2" ? "" : words[language].noSeoul;
  // Written out: a GB-second would be shown as 1.33334e-5.
  const amount = usd < 0.001 ? usd.toFixed(10) : String(usd);
  return `[${amount} / ${many}${unit[language]}](${sourceOf(price)})${elsewhere}`;
}

export function costTable(language: Language): string {
  const all = Object.keys(prices) as PriceName[];
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const { head, sum } = words[language];
  return [
    row(head),
    "|---|---|---|--:|--:|",
    ...all.map((name) =>
      row([
        names[name][language],
        shownPrice(prices[name], language),
        prices[name].readOn,
        ...volumes.map((payments) => shownUsd(costOf(name, payments))),
      ]),
    ),
    row([
      `**${sum}**`,
      "",
      "",
      ...volumes.map((payments) => {
        const usd = all.reduce((total, name) => total + costOf(name, payments), 0);
        return `**${shownUsd(usd)}**`;
      }),
    ]),
  ].join("\n");
}

const marked = /(<!-- costs: written by infra\/build\/cost-table\.ts -->\n)[\s\S]*?(<!-- \/costs -->)/;

/** The page with today's table in it. Throws when the page has no place for one. */
export function withCosts(page: string, language: Language): string {
  if (!marked.test(page)) throw new Error(`${guides[language]} has no place for the costs`);
  return page.replace(
    marked,
    (_, before: string, after: string) => `${before}${costTable(language)}\n${after}`,
  );
}

if (process.argv[1] === import.meta.filename)
  for (const [language, file] of Object.entries(guides) as [Language, string][]) {
    const path = join(import.meta.dirname, "../..", file);
    writeFileSync(path, withCosts(readFileSync(path, "utf8"), language));
  }
