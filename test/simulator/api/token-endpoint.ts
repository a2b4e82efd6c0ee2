// POST /users/getToken, and whether a token still holds. Facts: token page of the V1 API (30 minutes; the
// same token until it ends; asking in its last minute pushes the end by five; after that a new one; an
// ended token is refused with 401).
import type { Simulator } from "../simulator.ts";
import type { StoredToken } from "../state.ts";
import { type Endpoint, failure, success } from "./endpoint.ts";
import { textField } from "./fields.ts";

const lifeSeconds = 1800;
const lastMinuteSeconds = 60;

export const tokenEndpoint: Endpoint = {
  method: "POST",
  path: "/users/getToken",
  isOpen: true,
  handle: ({ simulator, body }) => {
    const key = textField(body, "imp_key");
    const secret = textField(body, "imp_secret");
    if (key === null || secret === null)
      return failure(simulator.settings.switches.missing_key_status, "imp_key, imp_secret 파라미터 누락");
    const { impKey, impSecret } = simulator.credentials;
    if (key !== impKey || secret !== impSecret)
      return failure(401, "인증에 실패하였습니다. API키와 secret을 확인하세요.");
    const now = simulator.clock.nowSeconds();
    const token = currentToken(simulator, now);
    simulator.store.setOne("token", token);
    return success({ access_token: token.accessToken, now, expired_at: token.expiresAtSeconds });
  },
};

function currentToken(simulator: Simulator, now: number): StoredToken {
  const known = simulator.store.one("token");
  const left = known ? known.expiresAtSeconds - now : 0;
  if (!known || left <= 0)
    return { accessToken: simulator.nextId("accessToken"), expiresAtSeconds: now + lifeSeconds };
  if (left > lastMinuteSeconds) return known;
  const extension = simulator.settings.switches.token_extension_s;
  return { ...known, expiresAtSeconds: known.expiresAtSeconds + extension };
}

/** `Authorization: Bearer <token>` as documented, or the bare token as PortOne's own clients send it. */
export function isAuthorized(simulator: Simulator, authorization: string | undefined): boolean {
  const token = simulator.store.one("token");
  if (!token || authorization === undefined) return false;
  const given = authorization.replace(/^Bearer\s+/i, "").trim();
  return given === token.accessToken && simulator.clock.nowSeconds() < token.expiresAtSeconds;
}
