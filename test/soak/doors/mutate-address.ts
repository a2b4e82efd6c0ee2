// What goes wrong with headers and addresses on their way.
import type { Dice } from "../random.ts";
import type { Header, OverHttp } from "./request.ts";

const contentTypes = [
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/json;charset=EUC-KR",
  "application/json; charset=utf-16",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/vnd.api+json",
  "",
  "application/json, text/html",
  "application/xml",
];
const others: readonly Header[] = [
  ["content-encoding", "gzip"],
  ["content-encoding", "identity"],
  ["content-encoding", "br"],
  ["origin", "https://evil.example"],
  ["origin", "null"],
  ["origin", "http://localhost:5173"],
  ["origin", "http://localhost:5173.evil.example"],
  ["x-forwarded-for", "52.78.100.19"],
  ["x-http-method-override", "DELETE"],
  ["x-request-id", "of-a-stranger"],
  ["cookie", "session=1; merchant=2"],
  ["accept", "text/html"],
  ["accept-encoding", "gzip"],
  ["x-long", "x".repeat(12_000)],
  ["x-amz-invocation-type", "Event"],
];
const authorizations = [
  "",
  "Bearer",
  "Bearer ",
  "Bearer wrong-key-0123456789-0123456789",
  "Basic c2hvcDprZXk=",
  "bearer undefined",
  "Bearer a b",
  "Bearer ÿ",
];
const keys = ["", " ", "k", "k".repeat(64), "k".repeat(65), "k k", "ÿ", "k,k", "../k", "\t"];

const without = (headers: readonly Header[], name: string) => headers.filter(([known]) => known !== name);

export function mutateHeaders(headers: readonly Header[], dice: Dice): readonly Header[] {
  switch (dice.below(5)) {
    case 0:
      return [...without(headers, "content-type"), ["content-type", dice.pick(contentTypes)]];
    case 1:
      return dice.next() < 0.3
        ? without(headers, "authorization")
        : [...without(headers, "authorization"), ["authorization", dice.pick(authorizations)]];
    case 2:
      return dice.next() < 0.3
        ? without(headers, "idempotency-key")
        : [...without(headers, "idempotency-key"), ["idempotency-key", dice.pick(keys)]];
    case 3:
      return headers.length === 0 ? headers : without(headers, dice.pick(headers)[0]);
    default:
      return [...headers, dice.pick(others)];
  }
}

const segmentsInstead = [
  ".",
  "..",
  "%2e%2e",
  "%2E",
  "%zz",
  "%",
  "%00",
  "%0a",
  "%ff",
  "%ED%95%9C",
  "a%2Fb",
  "a;b=1",
  "x".repeat(41),
  "x".repeat(3_000),
  "null",
  "undefined",
  "%F0%9F%98",
  "a+b",
  "~",
  "*",
  "-1",
  "%20",
  "",
  "__proto__",
];
const queries = [
  "?",
  "?a=1",
  "?preview=true",
  "?preview=1",
  "?merchant_uid=a&merchant_uid=b",
  "?reason=%zz",
  "?reason=%00",
  "?day=2026-02-31",
  "?limit=0",
  "?cursor=x.y",
  "?from=x",
  "?%zz=%zz",
  "?__proto__=1",
  `?a=${"x".repeat(2_000)}`,
  "?imp_uid=imp_1&imp_uid=imp_2",
];
const methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

export function mutateAddress(request: OverHttp, dice: Dice): OverHttp {
  const { segments } = request;
  const at = dice.below(segments.length);
  switch (dice.below(6)) {
    case 0:
      return { ...request, segments: [...segments.slice(0, at), "", ...segments.slice(at)] };
    case 1:
      return { ...request, query: dice.pick(queries) };
    case 2:
      return { ...request, method: dice.pick(methods) };
    case 3:
      return { ...request, segments: [...segments, dice.pick(segmentsInstead)] };
    default:
      return {
        ...request,
        segments: segments.map((segment, index) => (index === at ? dice.pick(segmentsInstead) : segment)),
      };
  }
}
