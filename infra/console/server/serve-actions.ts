// Serves what can be done with an order: the form, the confirmation, and the sending of it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ProblemError, UnknownOutcomeError } from "../../../lib/client/index.ts";
import type { Order } from "../api/told.ts";
import { isMerchantUid } from "../api/told.ts";
import type { Action, Asking } from "../pages/actions/action.ts";
import { confirmPage, formPage, refusedPage, siteOf, unknownPage } from "../pages/actions/action-pages.ts";
import { findAction } from "../pages/actions/actions.ts";
import { failurePage } from "../pages/failure.ts";
import type { View } from "../pages/page.ts";
import { problemFacts } from "../pages/problem.ts";
import type { Notes } from "./notes.ts";
import { sendView, wordsOf } from "./send-view.ts";
import type { Setting } from "./setting.ts";
import { textsOf } from "./visits.ts";

const path = "/orders/:merchantUid/:action";
const keyBytes = 18;

export function serveActions(app: FastifyInstance, setting: Setting, notes: Notes): void {
  app.get(path, (request, reply) =>
    answer(request, reply, setting, async (action, merchantUid) => {
      const asking = await askingOf(request, merchantUid, setting);
      if (!action.isOffered(asking.order))
        return refusedPage(siteOf(action, merchantUid, asking.words), null, asking.words);
      return action.form
        ? formPage(action, asking.order, { fields: {}, wrong: null }, asking.words)
        : confirm(action, asking);
    }),
  );
  app.post(`${path}/confirm`, (request, reply) =>
    answer(request, reply, setting, async (action, merchantUid) => {
      const asking = await askingOf(request, merchantUid, setting);
      if (!action.isOffered(asking.order))
        return refusedPage(siteOf(action, merchantUid, asking.words), null, asking.words);
      return confirm(action, asking);
    }),
  );
  app.post(path, (request, reply) =>
    answer(request, reply, setting, (action, merchantUid) => send(action, merchantUid, request)),
  );

  /** Whether it is still allowed the doors decide: only they know whether this very request was sent before. */
  async function send(action: Action, merchantUid: string, request: FastifyRequest): Promise<View | string> {
    const words = wordsOf(request, setting);
    const fields = textsOf(request.body);
    const client = setting.backend.acting;
    const site = siteOf(action, merchantUid, words);
    try {
      const done = await action.perform({ merchantUid, fields, words, client });
      return `/orders/${merchantUid}?note=${notes.keep(done)}`;
    } catch (error) {
      if (error instanceof ProblemError) return refusedPage(site, error, words);
      if (error instanceof UnknownOutcomeError) return unknownPage(site, { fields, error }, words);
      throw error;
    }
  }
}

/** What the doors refuse already at the question is told beside the form. */
async function confirm(action: Action, asking: Asking): Promise<View> {
  const { order, fields, words } = asking;
  try {
    const question = await action.ask(asking);
    if (!("wrong" in question))
      return confirmPage(siteOf(action, order.merchant_uid, words), question, words);
    return { ...formPage(action, order, { fields, wrong: question.wrong }, words), status: 400 };
  } catch (error) {
    if (!(error instanceof ProblemError) || action.form === undefined) throw error;
    const wrong = problemFacts(error, words);
    return { ...formPage(action, order, { fields, wrong }, words), status: 400 };
  }
}

async function askingOf(request: FastifyRequest, merchantUid: string, setting: Setting): Promise<Asking> {
  const { backend, ports } = setting;
  const order: Order = await backend.reading.getOrder(merchantUid);
  return {
    order,
    fields: textsOf(request.body),
    words: wordsOf(request, setting),
    client: backend.reading,
    newKey: () => `console-${ports.randomBytes(keyBytes).toString("base64url")}`,
  };
}

/** A text is where to go on. */
async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  setting: Setting,
  show: (action: Action, merchantUid: string) => Promise<View | string>,
) {
  const { merchantUid = "", action: name = "" } = textsOf(request.params);
  const action = findAction(name);
  if (action === undefined || !isMerchantUid(merchantUid)) {
    const view = failurePage("notFound", 404, wordsOf(request, setting));
    return sendView(request, reply, { view }, setting);
  }
  const shown = await show(action, merchantUid);
  return typeof shown === "string"
    ? reply.redirect(shown, 303)
    : sendView(request, reply, { view: shown }, setting);
}
