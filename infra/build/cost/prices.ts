// What AWS asks for what a payment uses, in USD without tax, and where that was read. AWS's price list is the source of
// each; whoever has access to it reads it again there. Where no price for Seoul was found, us-east-1's stands in.

export interface Price {
  readonly usd: number;
  readonly per: number;
  readonly unit: { readonly en: string; readonly ko: string };
  /** The service's file in AWS's price list. */
  readonly offer: string;
  readonly region: "ap-northeast-2" | "us-east-1";
  /** The day on which the list said so, as quoted in public. */
  readonly readOn: string;
}

const seoul = { region: "ap-northeast-2", readOn: "2026-10-01" } as const;
const million = 1_000_000;
const requests = { en: "requests", ko: "건" };
const gbMonths = { en: "GB-month", ko: "GB-월" };
const gigabytes = { en: "GB", ko: "GB" };

export const prices = {
  gatewayRequests: { usd: 1.23, per: million, unit: requests, offer: "AmazonApiGateway", ...seoul },
  lambdaRequests: { usd: 0.2, per: million, unit: requests, offer: "AWSLambda", ...seoul },
  lambdaTime: {
    usd: 0.0000133334,
    per: 1,
    unit: { en: "GB-second, arm64", ko: "GB-초(arm64)" },
    offer: "AWSLambda",
    ...seoul,
  },
  tableWrites: {
    usd: 0.68,
    per: million,
    unit: { en: "write units", ko: "쓰기 단위" },
    offer: "AmazonDynamoDB",
    region: "ap-northeast-2",
    readOn: "2026-06-12",
  },
  tableReads: {
    usd: 0.1355,
    per: million,
    unit: { en: "read units", ko: "읽기 단위" },
    offer: "AmazonDynamoDB",
    region: "ap-northeast-2",
    readOn: "2026-06-12",
  },
  tableStorage: {
    usd: 0.25,
    per: 1,
    unit: gbMonths,
    offer: "AmazonDynamoDB",
    region: "us-east-1",
    readOn: "2026-10-08",
  },
  tableBackup: {
    usd: 0.2,
    per: 1,
    unit: gbMonths,
    offer: "AmazonDynamoDB",
    region: "us-east-1",
    readOn: "2026-10-08",
  },
  logsWritten: { usd: 0.76, per: 1, unit: gigabytes, offer: "AmazonCloudWatch", ...seoul },
  logsKept: { usd: 0.0314, per: 1, unit: gbMonths, offer: "AmazonCloudWatch", ...seoul },
  keyRequests: { usd: 0.03, per: 10_000, unit: requests, offer: "awskms", ...seoul },
  dataOut: { usd: 0.126, per: 1, unit: gigabytes, offer: "AWSDataTransfer", ...seoul },
} as const satisfies Readonly<Record<string, Price>>;
export type PriceName = keyof typeof prices;

export const sourceOf = ({ offer, region }: Price): string =>
  `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}/current/${region}/index.json`;
