// What a browser sees: the SDK, the payment page, and the page's own calls. No control door is used here,
// so a shop's page needs nothing but the SDK's address.
import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ControlError, readBody } from "../control/control-error.ts";
import { finished, viewOpening } from "../control/window-control.ts";
import { approveWindow, closeWindow, declineWindow } from "../finish-window.ts";
import { openWindow } from "../open-window.ts";
import type { RequestPay } from "../request-pay.ts";
import type { Simulator } from "../simulator.ts";
import { choiceSchema, toChoice } from "../window-choice.ts";
import { windowHtml } from "./window-html.ts";

const read = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), "utf8");
const sdk = read("iamport.js");
const pageScript = read("window-page.js");
const script = "text/javascript; charset=utf-8";

interface WindowParams {
  Params: { window: string };
}

export function servePages(app: FastifyInstance, simulator: Simulator): void {
  app.get("/v1/iamport.js", (_request, reply) => reply.type(script).send(sdk));
  app.get("/window-page.js", (_request, reply) => reply.type(script).send(pageScript));

  // The SDK runs on the shop's page, hence from another origin.
  app.options("/window", (_request, reply) => allowAnyOrigin(reply).code(204).send());
  app.post("/window", (request, reply) => {
    const { request_pay: requestPay, device } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    const isObject = typeof requestPay === "object" && requestPay !== null;
    const opening = openWindow(
      simulator,
      isObject ? (requestPay as RequestPay) : {},
      device === "mobile" ? "mobile" : "pc",
    );
    return allowAnyOrigin(reply).send(viewOpening(simulator, opening));
  });

  app.get<WindowParams>("/window/:window", ({ params }, reply) => {
    const window = simulator.store.get("windows", params.window);
    const payment = window && simulator.store.get("payments", window.impUid);
    if (!payment) throw new ControlError(404, "unknown window");
    return reply.type("text/html; charset=utf-8").send(windowHtml(window, payment));
  });
  app.post<WindowParams>("/window/:window/approve", async ({ params, body }) => {
    const choice = toChoice(readBody(choiceSchema, body));
    return finished(await approveWindow(simulator, params.window, choice));
  });
  app.post<WindowParams>("/window/:window/decline", async ({ params }) =>
    finished(await declineWindow(simulator, params.window, undefined)),
  );
  app.post<WindowParams>("/window/:window/close", async ({ params }) =>
    finished(await closeWindow(simulator, params.window, undefined)),
  );
}

const allowAnyOrigin = (reply: FastifyReply): FastifyReply =>
  reply
    .header("access-control-allow-origin", "*")
    .header("access-control-allow-headers", "content-type")
    .header("access-control-allow-methods", "POST");
