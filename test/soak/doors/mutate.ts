// A real request with something wrong. The same dice give the same request.
import type { Dice } from "../random.ts";
import { mutateAddress, mutateHeaders } from "./mutate-address.ts";
import { type IsKept, isObject, mutateFields, mutateText, type Value } from "./mutate-body.ts";
import type { Direct, OverHttp, RealRequest, WireRequest } from "./request.ts";

/** A real request with none to three things wrong; one in six is left as it is. */
export function mutate(request: RealRequest, dice: Dice, isKept: IsKept): WireRequest {
  const faults = dice.pick([0, 1, 1, 1, 2, 3]);
  return request.kind === "direct"
    ? mutateDirect(request, faults, dice, isKept)
    : mutateHttp(request, faults, dice, isKept);
}

function mutateDirect(request: Direct, faults: number, dice: Dice, isKept: IsKept): Direct {
  let { event } = request;
  for (let fault = 0; fault < faults; fault += 1)
    event =
      isObject(event) && dice.next() < 0.9
        ? mutateFields(event, dice, isKept)
        : dice.pick<Value>([
            null,
            "ping",
            7,
            [],
            {},
            { warmup: true },
            { source: "aws.events" },
            { Records: [] },
          ]);
  return { ...request, event };
}

function mutateHttp(request: OverHttp, faults: number, dice: Dice, isKept: IsKept): WireRequest {
  let asked = request;
  let isTextMutated = false;
  for (let fault = 0; fault < faults; fault += 1) {
    const die = dice.next();
    if (die < 0.55 && asked.fields) asked = { ...asked, fields: mutateFields(asked.fields, dice, isKept) };
    else if (die < 0.7 && asked.fields) isTextMutated = true;
    else if (die < 0.85) asked = { ...asked, headers: mutateHeaders(asked.headers, dice) };
    else asked = mutateAddress(asked, dice);
  }
  const { kind, door, method, segments, query, headers, fields } = asked;
  const text = fields === null ? null : JSON.stringify(fields);
  const body = text === null ? null : isTextMutated ? mutateText(text, dice) : Buffer.from(text, "utf8");
  return { kind, door, method, target: `/${segments.join("/")}${query}`, headers, body };
}
