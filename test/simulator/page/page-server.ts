// What a browser sees: the SDK, the payment page, and the page's own calls. No control door is used here,
// so a shop's page needs nothing but the SDK's address. A script may send the page's calls as JSON, too.
import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";
import { ControlError, readBody } from "../control/control-error.ts";
import { finished, viewOpening } from "../control/window-control.ts";
import {
  abandonWindow,
  approveWindow,
  closeWindow,
  declineWindow,
  type FinishResult,
} from "../finish-window.ts";
import { openWindow } from "../open-window.ts";
import type { RequestPay } from "../request-pay.ts";
import type { Simulator } from "../simulator.ts";
import { choiceSchema, fromForm } from "../window-choice.ts";
import { offerOf } from "../window-offer.ts";
import { endedHtml } from "./ended-html.ts";
import { windowHtml } from "./window-html.ts";

const read = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), "utf8");
const script = "text/javascript; charset=utf-8";
const served = [
  ["/v1/iamport.js", script, read("iamport.js")],
  ["/window-page.js", script, read("window-page.js")],
  ["/window-page.css", "text/css; charset=utf-8", read("window-page.css")],
] as const;

/** Nothing from outside and nothing inline; any shop may lay the window over its page. */
const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'";

const reasonSchema = z.object({ reason: z.string().min(1).optional() });

type Act = (simulator: Simulator, window: string, body: unknown) => Promise<FinishResult>;

const acts: Readonly<Record<string, Act>> = {
  approve: (simulator, window, body) => approveWindow(simulator, window, readBody(choiceSchema, body)),
  decline: (simulator, window, body) => declineWindow(simulator, window, readBody(reasonSchema, body).reason),
  close: (simulator, window) => closeWindow(simulator, window, undefined),
  abandon: (simulator, window) => abandonWindow(simulator, window),
};

interface WindowParams {
  Params: { window: string };
}

export function servePages(app: FastifyInstance, simulator: Simulator): void {
  for (const [path, type, text] of served) app.get(path, (_request, reply) => reply.type(type).send(text));

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

  app.get<WindowParams>("/window/:window", ({ params }, reply) =>
    sendPage(reply, pageOf(simulator, params.window, { isNews: false })),
  );
  app.get<WindowParams>("/window/:window/result", ({ params }, reply) =>
    sendPage(reply, pageOf(simulator, params.window, { isNews: true })),
  );
  for (const [name, act] of Object.entries(acts))
    app.post<WindowParams>(`/window/:window/${name}`, async (request, reply) => {
      const { window } = request.params;
      if (!isForm(request)) return finished(await act(simulator, window, request.body));
      const result = await act(simulator, window, fromForm((request.body ?? {}) as RequestPay));
      if (result.outcome === "unknown_window") throw new ControlError(404, "unknown window");
      if (result.outcome === "not_offered") {
        const problem = problems[result.notOffered.field] ?? "이 결제창에서 고를 수 없는 값입니다.";
        return sendPage(reply.code(400), pageOf(simulator, window, { isNews: false, problem }));
      }
      const isNews = result.outcome === "finished";
      return reply.redirect(`/window/${encodeURIComponent(window)}${isNews ? "/result" : ""}`, 303);
    });
}

/** What a buyer can have got wrong in the form. */
const problems: Readonly<Record<string, string>> = {
  cash_receipt: "현금영수증을 받을 번호를 입력해 주세요.",
};

const isForm = ({ headers }: FastifyRequest): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;

function pageOf(
  simulator: Simulator,
  name: string,
  { isNews, problem }: { readonly isNews: boolean; readonly problem?: string },
): string {
  const { store, settings } = simulator;
  const window = store.get("windows", name);
  const payment = window && store.get("payments", window.impUid);
  if (!payment) throw new ControlError(404, "unknown window");
  // Approved late in the meantime, beside the window.
  if (window.state !== "open" || payment.status !== "ready") return endedHtml(window, payment, isNews);
  const offer = offerOf(window.requestPay, settings.switches);
  return windowHtml({ window, payment, offer, settings }, problem);
}

const sendPage = (reply: FastifyReply, html: string): FastifyReply =>
  reply
    .header("content-security-policy", contentPolicy)
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(html);

const allowAnyOrigin = (reply: FastifyReply): FastifyReply =>
  reply
    .header("access-control-allow-origin", "*")
    .header("access-control-allow-headers", "content-type")
    .header("access-control-allow-methods", "POST");
