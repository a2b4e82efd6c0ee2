// The payment window by script: open it, and be the buyer. Same code as the page a person clicks.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import {
  abandonWindow,
  approveWindow,
  closeWindow,
  declineWindow,
  type FinishResult,
} from "../finish-window.ts";
import { findRefusal, type OpenResult, openWindow } from "../open-window.ts";
import { type RequestPay, textOf } from "../request-pay.ts";
import type { Simulator } from "../simulator.ts";
import type { Device } from "../state.ts";
import { type ChoiceFields, choiceFields, choiceSchema } from "../window-choice.ts";
import { findNotOffered, type NotOffered, offerOf } from "../window-offer.ts";
import type { WindowResult } from "../window-result.ts";
import { ControlError, readBody } from "./control-error.ts";

const openFields = {
  request_pay: z.record(z.string(), z.unknown()),
  device: z.enum(["pc", "mobile"]).default("pc"),
};
/** A shop's whole answer to a new order may be piped in; only its `request_pay` is used. */
const ignored = z.unknown().optional();
const besideRequestPay = { order: ignored, sdk: ignored, token: ignored };
const openSchema = z.strictObject({ ...openFields, ...besideRequestPay });
const paySchema = z.strictObject({ ...openFields, ...choiceFields, ...besideRequestPay });
const reasonSchema = z.strictObject({ reason: z.string().min(1).optional() });

interface WindowParams {
  Params: { window: string };
}

export function serveWindowControl(app: FastifyInstance, simulator: Simulator): void {
  app.post("/_control/window", (request) => {
    const { request_pay, device } = readBody(openSchema, request.body);
    return viewOpening(simulator, openWindow(simulator, request_pay, device));
  });
  app.post("/_control/pay", async (request) => {
    const {
      request_pay,
      device,
      order: _order,
      sdk: _sdk,
      token: _token,
      ...picked
    } = readBody(paySchema, request.body);
    return pay(simulator, request_pay, device, picked);
  });
  app.post<WindowParams>("/_control/window/:window/approve", async (request) => {
    const picked = readBody(choiceSchema, request.body);
    return finished(await approveWindow(simulator, request.params.window, picked));
  });
  app.post<WindowParams>("/_control/window/:window/decline", async (request) => {
    const { reason } = readBody(reasonSchema, request.body);
    return finished(await declineWindow(simulator, request.params.window, reason));
  });
  app.post<WindowParams>("/_control/window/:window/close", async (request) => {
    const { reason } = readBody(reasonSchema, request.body);
    return finished(await closeWindow(simulator, request.params.window, reason));
  });
  app.post<WindowParams>("/_control/window/:window/abandon", async (request) => {
    readBody(reasonSchema, request.body);
    return finished(await abandonWindow(simulator, request.params.window));
  });
}

export function viewOpening(simulator: Simulator, opening: OpenResult) {
  if (opening.outcome === "refused")
    return { window: null, imp_uid: null, page: null, refused: opening.refused };
  const { window, impUid } = opening.window;
  return { window, imp_uid: impUid, page: `${simulator.url}/window/${window}`, refused: null };
}

async function pay(simulator: Simulator, requestPay: RequestPay, device: Device, picked: ChoiceFields) {
  // Judged before it opens, so that a choice nobody has leaves no window behind.
  const notOffered = findNotOffered(offerOf(requestPay, simulator.settings.switches), picked);
  if (notOffered && !findRefusal(simulator, requestPay, device)) throw refusedChoice(notOffered);
  const opening = openWindow(simulator, requestPay, device);
  const view = viewOpening(simulator, opening);
  if (opening.outcome === "opened")
    return { ...view, ...finished(await approveWindow(simulator, opening.window.window, picked)) };
  // Refused before the window opens, a page is told by callback, on a phone too.
  const { error_code, error_msg } = opening.refused;
  const callback = { imp_uid: null, merchant_uid: textOf(requestPay, "merchant_uid"), error_code, error_msg };
  return { ...view, payment: null, callback, redirect: null, confirm: null };
}

/** What the page gets to see, or why the window takes no more clicks. */
export function finished(result: FinishResult): WindowResult {
  if (result.outcome === "finished") return result.result;
  if (result.outcome === "unknown_window") throw new ControlError(404, "unknown window");
  if (result.outcome === "not_offered") throw refusedChoice(result.notOffered);
  throw new ControlError(409, `the window is ${result.state}`);
}

function refusedChoice({ field, offered }: NotOffered): ControlError {
  const choices = offered.length === 0 ? "none" : offered.join(", ");
  return new ControlError(400, `${field}: the window offers ${choices}`);
}
