// Which of the shop's channels a request means. There is one, so `pg` with or without a MID names it as well as its
// channel key does; somebody else's MID is nobody's channel. Facts: window page (`pg` as `ksnet.{MID}`), the
// parameter's text in the V1 API (`{provider} or {provider}.{MID}`, the default channel when unknown).
import type { Settings } from "../settings.ts";

/** The refusal of a `pg` that is none of the shop's; null when it is, or when there is none. */
export function findForeignPg(pg: string | null, settings: Settings): string | null {
  if (pg === null || settings.switches.unknown_mid === "default_channel") return null;
  return isOwnPg(pg, settings) ? null : "등록된 채널 정보가 없습니다.";
}

/** What an API call needs that is not tied to a payment: either name of the channel will do (R-KS-15). */
export function findChannelRefusal(
  channelKey: string | null,
  pg: string | null,
  settings: Settings,
): string | null {
  if (channelKey === null && pg === null) return "채널 정보(channel_key)가 없습니다.";
  return findForeignPg(pg, settings);
}

export const isOwnPg = (pg: unknown, { mid }: Settings): boolean => pg === "ksnet" || pg === `ksnet.${mid}`;
