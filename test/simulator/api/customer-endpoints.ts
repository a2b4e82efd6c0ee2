// /subscribe/customers: billing keys, one a customer_uid. Facts: customer pages of the V1 API (207 when some are
// missing, a second issue replaces the key), R-KS-17 for what KSNET wants to know.
import type { StoredCustomer } from "../state.ts";
import { toWireCustomer } from "../wire-customer.ts";
import { readCustomer } from "./customer-request.ts";
import { type Answer, type ApiCall, type Endpoint, failure, refusal, success } from "./endpoint.ts";
import { listField, numberField } from "./fields.ts";
import { isBeyond, readPageRequest, toPage } from "./paging.ts";
import { sortPayments } from "./sorting.ts";

const path = "/subscribe/customers/{customer_uid}";

const issue: Endpoint = {
  method: "POST",
  path,
  handle: (call) => {
    const { store, clock } = call.simulator;
    const read = readCustomer(call);
    if (read.outcome === "refused") return refusal(read.message, read.code);
    const nowMs = clock.nowMs();
    const known = store.get("customers", read.customer.customerUid);
    const customer: StoredCustomer = {
      ...read.customer,
      insertedAtMs: known?.insertedAtMs ?? nowMs,
      updatedAtMs: nowMs,
    };
    store.put("customers", customer.customerUid, customer);
    return success(toWireCustomer(customer, call.simulator.settings));
  },
};

const read: Endpoint = {
  method: "GET",
  path,
  handle: (call) =>
    withCustomer(call, (customer) => success(toWireCustomer(customer, call.simulator.settings))),
};

const revoke: Endpoint = {
  method: "DELETE",
  path,
  handle: (call) =>
    withCustomer(call, (customer) => {
      call.simulator.store.remove("customers", customer.customerUid);
      return success(toWireCustomer(customer, call.simulator.settings));
    }),
};

const readSeveral: Endpoint = {
  method: "GET",
  path: "/subscribe/customers",
  handle: ({ simulator, query }) => {
    const asked = listField(query, "customer_uid");
    const found = asked.flatMap((customerUid) => simulator.store.get("customers", customerUid) ?? []);
    if (found.length === 0) return noSuchCustomer(asked.join(", "));
    const list = found.map((customer) => toWireCustomer(customer, simulator.settings));
    return success(list, found.length < asked.length ? 207 : 200);
  },
};

const payments: Endpoint = {
  method: "GET",
  path: `${path}/payments`,
  handle: (call) =>
    withCustomer(call, ({ customerUid }) => {
      const request = readPageRequest({ page: numberField(call.query, "page") ?? 1 });
      const made = [...call.payments.all()].filter((payment) => payment.customerUid === customerUid);
      if (!request || isBeyond(made.length, request)) return noSuchCustomer(customerUid);
      return success(toPage(sortPayments(made, null), request));
    }),
};

export const customerEndpoints: readonly Endpoint[] = [issue, read, revoke, readSeveral, payments];

function withCustomer(call: ApiCall, run: (customer: StoredCustomer) => Answer): Answer {
  const customerUid = call.path["customer_uid"] ?? "";
  const customer = call.simulator.store.get("customers", customerUid);
  return customer ? run(customer) : noSuchCustomer(customerUid);
}

const noSuchCustomer = (customerUid: string): Answer =>
  failure(404, `요청하신 customer_uid(${customerUid})로 등록된 정보를 찾을 수 없습니다.`);
