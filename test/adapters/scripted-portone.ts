// A PortOne on a real socket that answers by script, so that each kind of trouble can be sent to the byte.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { loginKeys } from "../support/login-keys.ts";

export type Turn = (response: ServerResponse, request: IncomingMessage, body: string) => void;

export interface ScriptedPortOne {
  readonly url: string;
  readonly requests: { readonly line: string; readonly authorization: string; readonly body: string }[];
  connections: number;
  logins: number;
  /** Seconds; PortOne's clock and the life of its tokens. */
  token: { now: number; expiredAt: number };
  /** One turn per call that is no login; the last one repeats. */
  turns: Turn[];
  close(): Promise<void>;
}

export async function startScriptedPortOne(): Promise<ScriptedPortOne> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      if (request.url === "/users/getToken") {
        portone.logins += 1;
        const { now, expiredAt } = portone.token;
        json(200, {
          code: 0,
          message: null,
          response: { access_token: `token-${portone.logins}`, now, expired_at: expiredAt },
        })(response, request, body);
        return;
      }
      portone.requests.push({
        line: `${request.method} ${request.url}`,
        authorization: request.headers.authorization ?? "",
        body,
      });
      const turn = portone.turns.length > 1 ? portone.turns.shift() : portone.turns[0];
      turn?.(response, request, body);
    });
  });
  server.on("connection", () => {
    portone.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const portone: ScriptedPortOne = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    connections: 0,
    logins: 0,
    token: { now: 1_785_900_000, expiredAt: 1_785_901_800 },
    turns: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return portone;
}

/** A caller with a key pair, on a clock five minutes ahead of PortOne's. */
export const callerTo = (
  url: string,
  nowMs = () => Date.parse("2026-08-05T12:25:00+09:00"),
): AuthorizedCaller => new AuthorizedCaller({ url, keys: loginKeys }, { nowMs });

export const json =
  (status: number, body: unknown): Turn =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json;charset=UTF-8" });
    response.end(JSON.stringify(body));
  };

export const success = (response: unknown): Turn => json(200, { code: 0, message: null, response });

/** PortOne's record of a paid card payment, with fields we do not know. */
export const wirePayment = (more: Record<string, unknown> = {}) => ({
  imp_uid: "imp_730112845061",
  merchant_uid: "ord-20260805-000142",
  pay_method: "card",
  pg_id: "2999199999",
  sandbox: false,
  escrow: false,
  name: "나이키 와플 트레이너 2 SD",
  buyer_name: "홍길동",
  amount: 109_000,
  cancel_amount: 0,
  currency: "KRW",
  status: "paid",
  started_at: 1_785_900_000,
  paid_at: 1_785_900_062,
  vbank_num: null,
  cancel_history: [],
  새로운_필드: { 무엇: "이든" },
  ...more,
});

export const html: Turn = (response) => {
  response.writeHead(502, { "content-type": "text/html" });
  response.end("<html>잘못된 게이트웨이</html>");
};
export const notJson: Turn = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end("<html>정상</html>");
};
export const halfThenReset: Turn = (response) => {
  response.writeHead(200, { "content-length": "500" });
  response.write('{"code":0,"message":null,"resp');
  setImmediate(() => response.destroy());
};
export const hangUp: Turn = (response) => {
  response.destroy();
};
export const inPieces: Turn = (response) => {
  const bytes = Buffer.from(JSON.stringify({ code: 0, message: null, response: wirePayment() }));
  response.writeHead(200);
  // Cut inside a Korean character.
  const cut = bytes.indexOf(Buffer.from("홍")) + 1;
  response.write(bytes.subarray(0, cut));
  setImmediate(() => response.end(bytes.subarray(cut)));
};
