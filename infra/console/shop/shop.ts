// The shop's pages and what their buttons do. Start reading here: a form makes an order (`/orders`), the order is paid
// in the window (`/orders/…/pay`), and everybody ends on the result page (`/result`).
import formbody from "@fastify/formbody";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Client } from "../../../lib/client/index.ts";
import { findItem } from "./catalogue.ts";
import { createCheckouts } from "./checkouts.ts";
import { serveFiles } from "./files.ts";
import { emptyForm, type Fields, readCardForm, readOrderForm } from "./order-form.ts";
import type { NumberMaker } from "./order-number.ts";
import { formAnew, placeOrder, type Refused, resultOf } from "./ordering.ts";
import { outcomeOf } from "./outcome.ts";
import { checkoutPage } from "./pages/checkout.ts";
import { itemPage } from "./pages/item.ts";
import { resultPage } from "./pages/result.ts";
import { messagePage, shelfPage } from "./pages/shelf.ts";
import { isOrderOf } from "./place-order.ts";
import { readOrder } from "./read-order.ts";
import { allowWindow, guardAnswers } from "./security.ts";
import { buyerOf, readSession, sessionCookie } from "./session.ts";

export interface ShopParts {
  /** The payment backend, with the merchant's key in it. */
  readonly pay: Client;
  /** Where the buyer's browser finds the same backend. */
  readonly payUrl: string;
  readonly numbers: NumberMaker;
  readonly newSession: () => string;
}

export async function createShop({ pay, payUrl, numbers, newSession }: ShopParts): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: 16_384 });
  await app.register(formbody);
  guardAnswers(app);
  serveFiles(app);
  const checkouts = createCheckouts();

  /** Whoever comes without a session gets one with the page. */
  const sessionOf = (request: FastifyRequest, reply: FastifyReply): string => {
    const known = readSession(request.headers.cookie);
    const session = known ?? newSession();
    if (known === null) reply.header("set-cookie", sessionCookie(session));
    return session;
  };

  app.get("/", (_, reply) => sendPage(reply, shelfPage()));

  app.get<{ Params: { item: string } }>("/items/:item", (request, reply) => {
    const item = findItem(request.params.item);
    if (item === null) return reply.callNotFound();
    const order = numbers.create(sessionOf(request, reply));
    return sendPage(reply, itemPage({ item, form: emptyForm(item), order, errors: [], forEngineer: null }));
  });

  app.post("/orders", async (request, reply) => {
    const fields = textsOf(request.body);
    const item = findItem(fields["item"] ?? "");
    if (item === null) return reply.callNotFound();
    const session = sessionOf(request, reply);
    const order = { number: fields["order"] ?? "", seal: fields["seal"] ?? "" };
    const { form, errors } = readOrderForm(fields, item);
    const showAgain = ({ status, refusal, needsNewNumber }: Refused) => {
      const shown = needsNewNumber ? numbers.create(session) : order;
      return sendPage(reply.code(status), itemPage({ item, form, order: shown, ...refusal }));
    };

    if (!numbers.isSealed(session, order))
      return showAgain(
        formAnew("주문서가 오래되어 새로 준비했습니다. 내용을 확인하고 다시 눌러 주세요. 쿠키가 필요합니다."),
      );
    const reading = item.isSubscription ? readCardForm(fields) : null;
    const wrong = [...errors, ...(reading?.errors ?? [])];
    if (wrong.length > 0)
      return showAgain({ status: 422, refusal: { errors: wrong, forEngineer: null }, needsNewNumber: false });

    const purchase = { number: order.number, item, form, buyer: buyerOf(session) };
    const placed = await placeOrder(purchase, reading?.card ?? null, { pay, checkouts });
    return "nextPage" in placed ? reply.redirect(placed.nextPage, 303) : showAgain(placed);
  });

  app.get<{ Params: { number: string } }>("/orders/:number/pay", (request, reply) => {
    const { number } = request.params;
    const created = checkouts.find(buyerOf(sessionOf(request, reply)), number);
    if (created === null) return reply.redirect(resultOf(number), 303);
    allowWindow(reply, { sdk: created.sdk.script, backend: payUrl });
    return sendPage(reply, checkoutPage({ created, completeUrl: `${payUrl}/payments/complete` }));
  });

  /** What can be said to this browser of the order that the address names. */
  const look = async (request: FastifyRequest, reply: FastifyReply) => {
    const { merchant_uid = "", error_code = null } = textsOf(request.query);
    const buyer = buyerOf(sessionOf(request, reply));
    const order = await readOrder(pay, merchant_uid);
    const isOwn = order !== null && isOrderOf(order, buyer);
    const outcome = outcomeOf(order, error_code);
    const canPayAgain =
      isOwn && outcome.kind === "unpaid" && checkouts.find(buyer, order.merchant_uid) !== null;
    const payAgain = canPayAgain ? `/orders/${order.merchant_uid}/pay` : null;
    return { outcome, order: isOwn ? order : null, payAgain };
  };

  app.get("/result", async (request, reply) => sendPage(reply, resultPage(await look(request, reply))));

  app.get("/result/kind", async (request, reply) => {
    const { outcome } = await look(request, reply);
    return { kind: outcome.kind };
  });

  app.setNotFoundHandler((_, reply) =>
    sendPage(
      reply.code(404),
      messagePage("찾을 수 없는 화면입니다", "주소를 확인하거나 상품에서 다시 시작해 주세요."),
    ),
  );
  app.setErrorHandler((error: { readonly statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) console.error(error);
    const text = "잠시 후 다시 시도해 주세요. 주문과 결제는 그대로 남아 있습니다.";
    return sendPage(reply.code(status), messagePage("화면을 보여 드리지 못했습니다", text));
  });
  return app;
}

const sendPage = (reply: FastifyReply, page: string): FastifyReply =>
  reply.type("text/html; charset=utf-8").send(page);

/** Of a form or an address; what was given twice counts as not given. */
const textsOf = (fields: unknown): Fields =>
  Object.fromEntries(
    Object.entries(fields ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
