// What PortOne sends a shop, as API Gateway hands it to a function.
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { Event } from "./messages.ts";

/** One of PortOne's own addresses. */
const sourceIp = "52.78.100.19";

export function eventOf(door: "confirm" | "notice", record: PaymentRecord, token: string): Event {
  const path = `/portone/${door}/${token}`;
  const routeKey = `POST /portone/${door}/{token}`;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: { "content-type": "application/json", host: "127.0.0.1", "user-agent": "Apache-HttpClient" },
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: "127.0.0.1",
      domainPrefix: "127",
      http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp, userAgent: "Apache-HttpClient" },
      requestId: "bench",
      routeKey,
      stage: "$default",
      time: "05/Aug/2026:03:00:00 +0000",
      timeEpoch: 1_785_898_800_000,
    },
    pathParameters: { token },
    body: JSON.stringify(door === "confirm" ? confirmBody(record) : noticeBody(record)),
    isBase64Encoded: false,
  };
}

const confirmBody = ({ impUid, merchantUid }: PaymentRecord) => ({
  imp_uid: impUid,
  merchant_uid: merchantUid,
  amount: 109_000,
});

export const noticeBody = ({ impUid, merchantUid }: PaymentRecord) => ({
  imp_uid: impUid,
  merchant_uid: merchantUid,
  status: "paid",
});
